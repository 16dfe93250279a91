"""The finder over ten thousand entries: how long each key takes, and how long it takes to learn the names."""

from __future__ import annotations

import random
import time
from collections.abc import Iterable

from console.finder.index import Index
from console.finder.matching import found
from console.words import Words
from feeds.entities import Seat
from tests.bench.harness import Row, percentile, say
from tests.wall import floors

SEATS = 10_000
GOAL_MS = 30.0
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾解仇"
GIVEN = "敏丽强军洋艳勇杰娟涛明超秀霞平刚桂英华玉兰梅雨昕欣晨乐行长"
TYPED = ("z", "zm", "zhangm", "zhangmin", "zhm", "108", "02108", "张", "张m", "team 9", "qqqq", "a", "r s c", "yunling")


def run(quick: bool = False) -> Iterable[Row]:
    """All rows of the finder."""
    say(f"  finder: {SEATS} seats")
    words, index, chance = Words("zh_CN"), Index(), random.Random(1)
    entities = floors.floor()
    for number in range(SEATS):
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        entities.put(
            Seat(
                key=f"seat:{number:05d}",
                rev=2,
                state="ready",
                since=floors.NOW,
                agent=str(20_000 + number),
                agent_zh=name,
                agent_en=f"Agent {number}",
                team="team-9",
                vendor="yunling",
                extension=str(50_000 + number),
            )
        )
    sight = floors.sight(entities)
    begun = time.process_time()
    index.begin(sight, (), words)
    index.grow(60)
    learnt = (time.process_time() - begun) * 1000
    begun = time.process_time()
    index.begin(sight, (), words)
    index.grow(60)
    again = (time.process_time() - begun) * 1000
    spent = []
    for _ in range(3 if quick else 20):
        for text in TYPED:
            begun = time.process_time()
            found(index.entries, text, {})
            spent.append((time.process_time() - begun) * 1000)
    slow = percentile(spent, 0.99)
    measured = f"p50 {percentile(spent, 0.5):.1f} ms, p99 {slow:.1f} ms"
    return [
        Row(f"finder: a key over {len(index.entries)} entries", f"p99 ≤ {GOAL_MS:g} ms", measured, slow <= GOAL_MS),
        Row("finder: learn all names, in steps of 8 ms", "", f"{learnt:.0f} ms, {again:.0f} ms when nothing is new"),
    ]
