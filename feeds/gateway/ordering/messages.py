"""Orders that only say something: a notice to people on the floor, a note for the next shift."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, Final

from feeds.entities import Seat
from feeds.facts import NoteSettled, NoteWritten, NoticeSent
from feeds.gateway.books.store import AuditRow
from feeds.gateway.ordering.floor_orders import sight
from feeds.gateway.ordering.giver import Giver, Outcome
from feeds.gateway.running.engine import Engine
from feeds.rules.effects import Effect, effect_of_notice
from feeds.rules.handover import Written, note_of, settle_refusal
from feeds.rules.notices import Notice, notice_of

Act = Callable[[Giver, dict[str, Any], AuditRow], Awaitable[Outcome]]
NAMES: Final = frozenset(("notice.send", "handover.note", "handover.settle"))


class Messages:
    """Carries them out on the floor of one engine: as facts, which everybody sees whom they concern."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.acts: dict[str, Act] = {
            "notice.send": self._send,
            "handover.note": self._write_note,
            "handover.settle": self._settle,
        }

    def effect(self, giver: Giver, args: dict[str, Any]) -> Effect | str:
        """Whom a notice would reach, or why it would be refused."""
        notice = self._notice(giver, args)
        return notice if isinstance(notice, str) else effect_of_notice(notice, self._seats(giver))

    def refusal(self, giver: Giver, name: str, args: dict[str, Any]) -> str | None:
        """Why a note would not be written or settled, None if it would."""
        if name == "handover.settle":
            return self._settle_refusal(giver, args)
        note = self._note_of(giver, args)
        return note if isinstance(note, str) else None

    def _notice(self, giver: Giver, args: dict[str, Any]) -> Notice | str:
        return notice_of(args, self._engine.session.site, giver.audience, sight(self._engine, giver))

    def _seats(self, giver: Giver) -> Iterator[Seat]:
        look = sight(self._engine, giver)
        found = (look(key) for key in self._engine.session.floor.keys() if key.startswith("seat:"))  # noqa: SIM118
        return (one for one in found if isinstance(one, Seat))

    async def _send(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        notice = self._notice(giver, args)
        if isinstance(notice, str):
            return "refused", notice
        now = self._engine.own_time()
        fact = NoticeSent(
            at=now, notice=row.order, to=notice.to, text=notice.text, by=row.token, until=now + notice.lasts_ms,
            team=notice.team, seat_type=notice.seat_type,
        )  # fmt: skip
        await self._engine.emit_own(fact)
        return "done", ""

    async def _write_note(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        note = self._note_of(giver, args)
        if isinstance(note, str):
            return "refused", note
        fact = NoteWritten(at=self._engine.own_time(), note=row.order, text=note.text, by=row.token)
        await self._engine.emit_own(fact)
        return "done", ""

    async def _settle(self, giver: Giver, args: dict[str, Any], row: AuditRow) -> Outcome:
        reason = self._settle_refusal(giver, args)
        if reason is not None:
            return "refused", reason
        await self._engine.emit_own(
            NoteSettled(at=self._engine.own_time(), note=args["note"].partition(":")[2], by=row.token)
        )
        return "done", ""

    def _note_of(self, giver: Giver, args: dict[str, Any]) -> Written | str:
        return note_of(args, giver.audience, len(self._engine.session.floor.state.notes))

    def _settle_refusal(self, giver: Giver, args: dict[str, Any]) -> str | None:
        key = args.get("note")
        named = isinstance(key, str) and key.startswith("note:")
        return settle_refusal(self._engine.session.floor.entity(str(key)) if named else None, giver.audience)
