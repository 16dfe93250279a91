"""The break quota: how many of a team may be on break at once, and the refusal that says its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from config.schema import Site
from feeds.commands import Command, Pause
from feeds.entities import Seat
from feeds.rules.pauses import PauseWords
from feeds.said import said


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


def quota_refusal(site: Site, seat: Seat, seats: Iterable[Seat], on_the_way: Collection[str] = ()) -> str | None:
    """Why whoever sits at a seat may not go on a break, None if they may.

    `seats` are all of the floor, in sight or not: a quota counts who is away, not who is seen. `on_the_way` are seats
    whose break is ordered and begins when their work is over. Whoever is on a break already stays within the quota.
    """
    quota = quota_of(site, seat.team)
    if quota is None:
        return None
    others = [one for one in seats if one.team == seat.team and one.key != seat.key]
    away = [one for one in others if one.state == "break"]
    soon = [one for one in others if one.state != "break" and one.key in on_the_way]
    if len(away) + len(soon) < quota:
        return None
    if not quota:
        return said("break.none", "nobody of {team} may be sent on a break: its quota is 0", team=seat.team)
    count, both = "{away} of {quota} of {team} are on break", len(away) + len(soon)
    if not soon:
        return said("break.full", count, away=both, quota=quota, team=seat.team)
    text = f"{count}, {{soon}} of them as soon as their work is over"
    return said("break.full_soon", text, away=both, quota=quota, team=seat.team, soon=len(soon))
