"""The break quota: how many of a team may be on break at once, and the refusal that says its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from config.schema import Site
from feeds.commands import Command, Pause
from feeds.entities import Seat
from feeds.requests import Quota
from feeds.rules.pauses import PauseWords
from feeds.said import Said, said


def quota_of(site: Site, team: str) -> int | None:
    """How many of a team may be on break at once; None for no limit. Nobody without a team is counted."""
    for one in site.teams:
        if one.id == team:
            return site.break_quota if one.break_quota is None else one.break_quota
    return None


def quotas_of(site: Site) -> dict[str, int]:
    """The quotas of all teams that have one."""
    found = {team.id: quota_of(site, team.id) for team in site.teams}
    return {team: quota for team, quota in found.items() if quota is not None}


def is_break(site: Site, command: Command) -> bool:
    """Whether a command sends somebody on a break, by what the site says of its reason."""
    return isinstance(command, Pause) and PauseWords.of(site).state(command.reason) == "break"


def place_of_break(
    site: Site, seat: Seat, seats: Iterable[Seat], on_the_way: Collection[str] = ()
) -> tuple[Quota | None, bool]:
    """The quota that counts for whoever sits at a seat, without them, and whether they have a place in it already.

    `seats` are all of the floor, in sight or not: a quota counts who is away, not who is seen. `on_the_way` are seats
    whose break is ordered and begins when their work is over.
    """
    most = quota_of(site, seat.team)
    if most is None:
        return None, False
    team = [one for one in seats if one.team == seat.team]
    others = [one for one in team if one.key != seat.key]
    away = sum(one.state == "break" for one in others)
    soon = sum(one.state != "break" and one.key in on_the_way for one in others)
    has_one = seat.state == "break" or seat.key in on_the_way
    return Quota(seat.team, most, sum(bool(one.agent) for one in team), away + soon, soon), has_one


def full_refusal(quota: Quota) -> str | None:
    """Why nobody more may go on a break, None if somebody may."""
    if quota.free:
        return None
    if not quota.most:
        return said("break.none", "nobody of {team} may be sent on a break: its quota is 0", team=quota.team)
    count = "{away} of {quota} of {team} are on break"
    if not quota.soon:
        return said("break.full", count, away=quota.away, quota=quota.most, team=quota.team)
    text = f"{count}, {{soon}} of them as soon as their work is over"
    return said("break.full_soon", text, away=quota.away, quota=quota.most, team=quota.team, soon=quota.soon)


def later_refusal(quota: Quota, before: int) -> Said | None:
    """Why nobody may go once `before` others of their team have been sent, None if somebody may still."""
    if before < quota.free:
        return None
    text = "no place in {team} after {before} before this one ({away} of {quota} are on break)"
    return said("break.after", text, away=quota.away, quota=quota.most, team=quota.team, before=before)
