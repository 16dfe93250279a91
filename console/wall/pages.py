"""The pages of a wall: which there are, which of them holds an alarm, and when the next one's turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from msgspec import Struct, field

from feeds.entities import Label, PageInfo, SiteInfo

MIN_ROTATE, MAX_ROTATE = 15.0, 30.0
"""Vendors and readers agree on this range of seconds a page."""


class Page(Struct, frozen=True):
    """One page as shown: `items` are the queues, vendors and teams or seat blocks that stand on it."""

    id: str
    kind: str
    scope: str = "site"
    title: str = ""
    zh: str = ""
    en: str = ""
    items: tuple[str, ...] = ()
    part: int = 1
    parts: int = 1


def pages_of(site: SiteInfo | None, rows: int, blocks: Sequence[Sequence[str]] = ()) -> tuple[Page, ...]:
    """The pages of a site, each cut into as many parts as its rows need; `blocks` are the seat pages' contents."""
    if site is None:
        return (Page("overview", "overview"),)
    infos = site.pages or _usual_pages(site)
    found: list[Page] = []
    for info in infos:
        none = {"vendors": not site.vendors, "seats": not site.seats and not any(blocks)}
        if none.get(info.kind):
            continue  # a wall that comes by every two minutes shall not spend a sixth of its time on nothing
        found += _cut(info, site, rows, blocks)
    return tuple(found) or (Page("overview", "overview"),)


def _usual_pages(site: SiteInfo) -> list[PageInfo]:
    groups = [PageInfo(id=group.id, kind="group", group=group.id) for group in site.groups]
    tail = [PageInfo(id="vendors", kind="vendors")] if site.vendors else []
    return [PageInfo(id="overview", kind="overview"), *groups, PageInfo(id="seats", kind="seats"), *tail]


def _cut(info: PageInfo, site: SiteInfo, rows: int, blocks: Sequence[Sequence[str]]) -> list[Page]:
    scope = f"group:{info.group}" if info.kind == "group" else "site"
    name = info if info.zh or info.en else _label(site.groups, info.group)
    pieces: Sequence[Sequence[str]]
    if info.kind == "seats":
        pieces = blocks or [()]
    elif info.kind == "vendors":
        pieces = _chunks(vendor_rows(site), rows)
    else:
        queues = [queue.id for queue in site.queues if info.kind != "group" or queue.parent == info.group]
        pieces = _chunks(queues, rows)
    return [
        Page(
            id=info.id,
            kind=info.kind,
            scope=scope,
            zh=name.zh if name else "",
            en=name.en if name else "",
            items=tuple(piece),
            part=number,
            parts=len(pieces),
        )
        for number, piece in enumerate(pieces, 1)
    ]


def vendor_rows(site: SiteInfo) -> list[str]:
    """The scopes of the vendors page: every vendor followed by its teams."""
    scopes: list[str] = []
    for vendor in site.vendors:
        scopes.append(f"vendor:{vendor.id}")
        scopes += [f"team:{team.id}" for team in site.teams if team.parent == vendor.id]
    return scopes


def _chunks(items: Sequence[str], size: int) -> list[Sequence[str]]:
    """Pieces of nearly equal length, so that no page holds a single leftover row."""
    if not items:
        return [()]
    count = -(-len(items) // max(1, size))
    share, rest = divmod(len(items), count)
    pieces, start = [], 0
    for number in range(count):
        end = start + share + (number < rest)
        pieces.append(items[start:end])
        start = end
    return pieces


def _label(labels: Iterable[Label], number: str) -> Label | None:
    return next((label for label in labels if label.id == number), None)


SHOWN = ("answer_rate_a2", "answer_rate_a2_pessimistic", "waiting", "longest_wait_now")
"""Figures of the queue table; the headlines come on top."""


def page_of_alarm(scope: str, figure: str, pages: Sequence[Page], site: SiteInfo | None) -> int | None:
    """The number of the page that shows an alarm's figure.

    None for a figure that no page shows: holding a page for it would help nobody, the alarm line tells it anyway.
    """
    headlines = {headline.figure for headline in site.headlines} if site is not None else set()
    people = scope.startswith(("vendor:", "team:", "seat:"))
    return page_of(scope, pages, site) if people or figure in headlines or figure in SHOWN else None


def page_of(scope: str, pages: Sequence[Page], site: SiteInfo | None) -> int | None:
    """The number of the page that shows a scope; the overview for whatever stands nowhere, None where there is none."""
    kind, _, number = scope.partition(":")
    found = None
    if kind in ("vendor", "team", "seat"):
        found = _first(pages, lambda page: scope in page.items)
    elif kind == "queue":
        found = _first(pages, lambda page: page.kind in ("overview", "group") and number in page.items)
    elif kind == "group":
        found = _first(pages, lambda page: page.scope == scope)
    elif kind == "seat_type" and site is not None:
        parent = _label(site.seat_types, number)
        found = _first(pages, lambda page: parent is not None and page.scope == f"group:{parent.parent}")
    return found if found is not None else _first(pages, lambda page: page.kind == "overview")


def _first(pages: Sequence[Page], fits: Callable[[Page], bool]) -> int | None:
    return next((number for number, page in enumerate(pages) if fits(page)), None)


class Carousel(Struct):
    """Whose turn it is. A new critical alarm takes the floor and keeps it until it is acknowledged or over."""

    seconds: float = 20.0
    pages: int = 1
    current: int = 0
    turned_at: float | None = None
    """When the current page's turn began; None until anything was shown."""
    pinned: int | None = None
    _seen: set[str] = field(default_factory=set)
    _holding: dict[str, int] = field(default_factory=dict)

    def set_pages(self, pages: int) -> None:
        """Take over a new number of pages, staying where we are if that page still exists."""
        self.pages = max(1, pages)
        self.current = min(self.current, self.pages - 1)

    def set_seconds(self, seconds: float) -> None:
        """Set how long a page stays, within the range that can be read."""
        self.seconds = min(MAX_ROTATE, max(MIN_ROTATE, seconds))

    @property
    def held(self) -> bool:
        """Whether an alarm keeps the page from turning."""
        return bool(self._holding)

    def see(self, criticals: dict[str, int], now: float) -> bool:
        """Tell which unacknowledged criticals there are, the gravest first, and on which page each stands.

        Of several new ones the gravest takes the floor, which is the one in the alarm line. True when the page changed.
        """
        fresh = [key for key in criticals if key not in self._seen]
        self._seen = set(criticals)
        self._holding = {key: page for key, page in criticals.items() if key in self._holding or key in fresh}
        if fresh:
            return self._go(criticals[fresh[0]], now)
        if self._holding and self.current not in self._holding.values():
            return self._go(next(iter(self._holding.values())), now)
        return False

    def turn(self, now: float) -> bool:
        """Turn to the next page when its time has come; True when the page changed."""
        if self.pinned is not None:
            return self._go(min(self.pinned, self.pages - 1), now) if self.pinned != self.current else False
        if self.turned_at is None or self.held or self.pages < 2:
            self.turned_at = now
            return False
        if now - self.turned_at < self.seconds:
            return False
        return self._go((self.current + 1) % self.pages, now)

    def go(self, page: int, now: float) -> bool:
        """Show that page now and start its time anew; True when the page changed."""
        return self._go(page % self.pages, now)

    def _go(self, page: int, now: float) -> bool:
        self.turned_at = now
        changed = page != self.current
        self.current = min(max(0, page), self.pages - 1)
        return changed
