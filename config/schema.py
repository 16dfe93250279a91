"""What a site is: frozen shapes that a site folder is loaded into.

Every shape is a frozen msgspec Struct, so a site can be carried inside a recording byte for byte.
Identifiers are short ASCII words (`claim`, `team-3`); names for people are :class:`Name` pairs.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from config.asterisk import Asterisk
from config.simulation import Simulation

Window = Literal["now", "5m", "15m", "30m", "60m", "today"]
Better = Literal["high", "low"]
PageKind = Literal["overview", "group", "seats", "vendors"]
Priority = Literal["info", "warn", "critical"]


class Name(Struct, frozen=True):
    """A name in both languages of the floor."""

    zh: str
    en: str


class SkillGroup(Struct, frozen=True):
    """A skill group 技能组: the level at which queues and seat types are led."""

    id: str
    name: Name


class SeatType(Struct, frozen=True):
    """A kind of seat 座席类型 (claims, rescue …); `acw_mean_s` (seconds) is the yardstick for overlong wrap-up."""

    id: str
    name: Name
    group: str
    acw_mean_s: float = 60.0


class Queue(Struct, frozen=True):
    """A human queue; `service_seconds` overrides the site's T for this queue, `language` what its callers speak."""

    id: str
    name: Name
    group: str
    seat_type: str
    number: str = ""
    priority: int = 0
    service_seconds: int | None = None
    capacity: int | None = None
    language: str = ""


class Vendor(Struct, frozen=True):
    """An outsourcing company 外包公司 whose agents sit on the floor."""

    id: str
    name: Name


class Team(Struct, frozen=True):
    """A team 班组; `vendor` is None for own staff, `break_quota` wins over the site's."""

    id: str
    name: Name
    vendor: str | None = None
    leader: str | None = None
    break_quota: int | None = None


class Skill(Struct, frozen=True):
    """An agent's right to serve a queue; level 1 is primary, higher numbers are tried later."""

    queue: str
    level: int = 1


class Language(Struct, frozen=True):
    """A spoken language (BCP 47 code) and how well: native 母语, fluent 精通, basic 基本."""

    code: str
    level: Literal["native", "fluent", "basic"] = "fluent"


class Agent(Struct, frozen=True):
    """A person who answers calls 客服代表; `id` is the agent number 工号."""

    id: str
    name: Name
    team: str
    seat_type: str
    skills: tuple[Skill, ...] = ()
    languages: tuple[Language, ...] = ()


class Seat(Struct, frozen=True):
    """A desk with a phone; agents move between seats, `area` is the seat type whose block it stands in."""

    id: str
    area: str
    extension: str = ""


class Room(Struct, frozen=True):
    """A room of the drawn floor; `rows` are texts of seats from left to right, `.` for a place without one.

    `column` and `line` are its upper left corner on a grid as fine as a seat; its name takes the first line.
    """

    id: str
    name: Name
    column: int = 0
    line: int = 0
    rows: tuple[str, ...] = ()


class Layout(Struct, frozen=True):
    """How the seats stand; without it the map is laid out by area. Seats that stand in no room follow below."""

    rooms: tuple[Room, ...] = ()


class FigureSettings(Struct, frozen=True):
    """What the formulas need to know (HANDBOOK 1.2–1.4); seconds unless the name says otherwise.

    `day_profile` is how a usual day's requests spread over its 24 hours, in any unit: only the shares count.
    """

    service_seconds: int = 20
    short_seconds: int = 5
    longest_acceptable_wait: int = 60
    minimum_sample: int = 20
    f6_leave_out_abandons: bool = False
    f6_leave_out_shorts: bool = False
    f6_count_flow_outs: bool = False
    day_profile: tuple[float, ...] = ()


class Threshold(Struct, frozen=True):
    """When a figure turns amber or red (HANDBOOK 1.11).

    `scopes` are kinds (`site`, `group`, `queue`, `seat_type`, `team`, `vendor`) or one scope (`queue:rescue`); the most
    exact one wins. `better = high`: calm at or above `warn`, critical below `critical`; `low`: calm at or below `warn`,
    critical above `critical`. Ratios are in per cent, times in seconds. With `relative_to` the limits are per cent of
    that figure. The colour changes after `raise_after` evaluations in a row and falls back after `clear_after`; with a
    `deadband` (in the limits' unit) it only goes when the value is that much better than the limit. Its alarm comes
    when the colour has lasted for `on_delay_s` and the value is beyond its limit still; it is over when the colour has
    been gone for `off_delay_s`. `advice` is what to do about it.
    """

    figure: str
    scopes: tuple[str, ...]
    window: Window
    better: Better
    warn: float
    critical: float
    relative_to: str | None = None
    raise_after: int = 2
    clear_after: int = 4
    alarm: bool = True
    deadband: float = 0.0
    on_delay_s: float = 0.0
    off_delay_s: float = 0.0
    advice: Name | None = None


class AlarmRule(Struct, frozen=True):
    """What raises an alarm of its own, with its delays, its words and what to do; says one of three things.

    A `figure` at `scopes` (as in :class:`Threshold`) is `above` or `below` a limit. Or more people of `scopes` than
    `above` are in the seat state `state`. Or one seat is in `state` (for `reason`, if given) longer than `longer_s`.
    Or `lost: source`: a source is silent or down; or `lost: trunk`: one of the site's trunks is down.

    It is raised when that has held for `on_delay_s` and is over when it has not for `off_delay_s`; a value counts as
    back when it is better than the limit by `deadband`, in its own unit. One of the `priority` info is shown and stays
    until somebody has acknowledged it, but makes no sound and calls nobody. Evaluated every 5 s of floor time (figures
    of the moment, people in a state, sources) or every 20 s (windows, single seats).
    """

    id: str
    text: Name
    priority: Priority = "warn"
    figure: str = ""
    window: Window = "now"
    state: str = ""
    reason: str = ""
    lost: Literal["", "source", "trunk"] = ""
    scopes: tuple[str, ...] = ("site",)
    above: float | None = None
    below: float | None = None
    longer_s: float | None = None
    deadband: float = 0.0
    on_delay_s: float = 0.0
    off_delay_s: float = 0.0
    advice: Name | None = None


class Trunk(Struct, frozen=True):
    """A way by which calls come in from a carrier; `device` is what Asterisk calls it, such as `PJSIP/carrier`."""

    id: str
    name: Name
    device: str = ""


class AlarmSettings(Struct, frozen=True):
    """How alarms of this site are handled: an alarm can be shelved for `longest_shelf_minutes` at most."""

    longest_shelf_minutes: int = 240


class SeatLimit(Struct, frozen=True):
    """How long one seat may stay in a state before it stands out: seconds, or multiples of its type's `acw_mean_s`.

    With `reason` the limit holds for that reason only and wins over the state's general limit.
    """

    state: str
    reason: str = ""
    warn_s: float | None = None
    critical_s: float | None = None
    warn_factor: float | None = None
    critical_factor: float | None = None


class Role(Struct, frozen=True):
    """What somebody may do; `rights` are order names or `feature.*`; `masked` hides customer numbers.

    Without a right it is for displays, which are told of no calls and of agents their numbers only.
    """

    id: str
    name: Name
    rights: tuple[str, ...] = ()
    masked: bool = True


class Token(Struct, frozen=True):
    """A credential, kept only as a hash (`sha256$SALT$HEX` of salt + token); empty scope tuples mean everything.

    `name` is whose it is: desks show it for the id, which alone is kept. Where `shared` says that several people use
    it, whoever takes note of an alarm has to give a name. With a limit, listening goes to one of its `phones` or to the
    console: what became of other numbers would tell which are those of seats that it may not see.
    """

    id: str
    role: str
    hash: str
    note: str = ""
    teams: tuple[str, ...] = ()
    vendors: tuple[str, ...] = ()
    queues: tuple[str, ...] = ()
    expires: str | None = None
    revoked: bool = False
    shared: bool = False
    name: Name | None = None
    phones: tuple[str, ...] = ()

    @property
    def limited(self) -> bool:
        """Whether it sees a part of the floor only."""
        return bool(self.teams or self.vendors or self.queues)


class Headline(Struct, frozen=True):
    """One of the four big figures of a wall page."""

    figure: str
    window: Window


class Shift(Struct, frozen=True):
    """A shift 班次 of the floor as people call it; `hours` are `HH:MM-HH:MM` in the site's zone, over midnight too."""

    id: str
    name: Name
    hours: str


class WallPage(Struct, frozen=True):
    """A page of the wall; `group` only for kind `group`."""

    id: str
    kind: PageKind
    group: str | None = None
    title: Name | None = None


class WallSettings(Struct, frozen=True):
    """How wall displays of this site look and behave; `pin_hash` is `scrypt$SALT$HEX`, empty = no PIN asked."""

    pages: tuple[WallPage, ...] = ()
    headlines: tuple[Headline, ...] = ()
    rotate_seconds: int = 20
    theme: Literal["dark", "light"] = "dark"
    language: Literal["zh_CN", "en"] = "zh_CN"
    diagonal_inches: float = 55.0
    farthest_metres: float = 4.0
    pin_hash: str = ""


class GatewaySettings(Struct, frozen=True):
    """Where the gateway listens and how often it sends; certificate paths are relative to the site folder."""

    listen: str = "127.0.0.1:8765"
    frame_ms: int = 50
    certificate: str = ""
    private_key: str = ""
    retain_days: int = 2


class OrderSettings(Struct, frozen=True):
    """What a site asks of orders: `reason_for` names those that need a reason.

    `undo_seconds` is for how long a pause, its end or a move can be taken back.
    """

    reason_for: tuple[str, ...] = ()
    undo_seconds: int = 120


class PauseReason(Struct, frozen=True):
    """Why somebody is paused or busy 示忙原因: `reason` is the telephone system's word, `name` what desks show for it.

    Facts, limits and rules know `reason` alone. `state` is the seat's state then; a line without one only names.
    """

    reason: str
    state: str = ""
    name: Name | None = None


class Site(Struct, frozen=True):
    """A whole floor as configured.

    `break_quota` is how many of each team may be sent on a break at once, `language` (BCP 47) what callers speak; with
    `classic_colours` desks show agents in green, amber and red unless somebody chose otherwise there.
    """

    id: str
    short: str
    name: Name
    zone: str
    groups: tuple[SkillGroup, ...] = ()
    seat_types: tuple[SeatType, ...] = ()
    queues: tuple[Queue, ...] = ()
    vendors: tuple[Vendor, ...] = ()
    teams: tuple[Team, ...] = ()
    agents: tuple[Agent, ...] = ()
    seats: tuple[Seat, ...] = ()
    figures: FigureSettings = FigureSettings()
    thresholds: tuple[Threshold, ...] = ()
    seat_limits: tuple[SeatLimit, ...] = ()
    alarms: tuple[AlarmRule, ...] = ()
    alarm_settings: AlarmSettings = AlarmSettings()
    roles: tuple[Role, ...] = ()
    tokens: tuple[Token, ...] = ()
    wall: WallSettings = WallSettings()
    gateway: GatewaySettings = GatewaySettings()
    simulation: Simulation | None = None
    asterisk: Asterisk | None = None
    break_quota: int | None = None
    shifts: tuple[Shift, ...] = ()
    classic_colours: bool = False
    orders: OrderSettings = OrderSettings()
    language: str = "zh"
    layout: Layout | None = None
    pauses: tuple[PauseReason, ...] = ()
    trunks: tuple[Trunk, ...] = ()
