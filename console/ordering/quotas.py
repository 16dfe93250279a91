"""What many breaks at once make of a team's quota: who finds no place, in the order in which they are given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import msgspec

from console.ordering.deeds import Deed
from console.phrases.scopes import label_name
from console.sight import Sight
from console.words import Words
from feeds.requests import OrderResult, Quota
from feeds.rules.breaks import later_refusal


def in_turn(deed: Deed, answers: Mapping[str, OrderResult]) -> dict[str, OrderResult]:
    """What the gateway will say of each when they come one after the other; it rehearsed each by itself.

    As long as answers are missing they stay what they are: whose place it is cannot be known yet.
    """
    found = dict(answers)
    if any(target.place not in answers for target in deed.targets):
        return found
    sent: Counter[str] = Counter()
    for target in deed.targets:
        answer = answers[target.place]
        if answer.state != "accepted" or answer.quota is None:
            continue
        refusal = later_refusal(answer.quota, sent[answer.quota.team])
        if refusal is None:
            sent[answer.quota.team] += 1
        else:
            found[target.place] = msgspec.structs.replace(
                answer, state="refused", text=refusal, code=refusal.code, values=refusal.values, hits=[], hit_count=0
            )
    return found


def sentence(deed: Deed, answers: Mapping[str, OrderResult], sight: Sight, words: Words) -> str:
    """For each team that lacks places: how many may go, how many are free, how many of these find none."""
    teams: dict[str, list[OrderResult]] = {}
    for target in deed.targets:
        answer = answers.get(target.place)
        if answer is not None and answer.quota is not None:
            teams.setdefault(answer.quota.team, []).append(answer)
    told = []
    for of_team in teams.values():
        refused = sum(one.state == "refused" for one in of_team)
        if refused and len(of_team) > 1:
            told.append(_numbers(of_team[-1].quota, refused, len(of_team), sight, words))
    return "\n".join(told)


def _numbers(quota: Quota | None, refused: int, count: int, sight: Sight, words: Words) -> str:
    assert quota is not None
    return words(
        "ordering.quota",
        team=label_name(sight.site.teams if sight.site else None, quota.team, words),
        most=quota.most, people=quota.people, free=quota.free, refused=refused, count=count,
    )  # fmt: skip
