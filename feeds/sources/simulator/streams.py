"""Randomness with a memory: one stream per purpose, and the shapes that durations are drawn from."""

from __future__ import annotations

import math
from collections.abc import Callable
from random import Random

from config.simulation import Distribution

Draw = Callable[[Random], float]


def stream(seed: int, *purpose: object) -> Random:
    """A stream of its own for a purpose: the same for the same words, whatever the process or its hash seed."""
    return Random("/".join([str(seed), *map(str, purpose)]))


def drawer(distribution: Distribution, mean: float, cv: float) -> Draw:
    """A function that draws durations with a mean and a coefficient of variation (which only `lognormal` heeds)."""
    if mean <= 0:
        return lambda random: 0.0
    if distribution == "constant" or (distribution == "lognormal" and cv <= 0):
        return lambda random: mean
    if distribution == "exponential":
        return lambda random: random.expovariate(1.0 / mean)
    if distribution == "erlang_2":
        return lambda random: random.expovariate(2.0 / mean) + random.expovariate(2.0 / mean)
    variance = math.log(1.0 + cv * cv)
    location, spread = math.log(mean) - variance / 2, math.sqrt(variance)
    return lambda random: random.lognormvariate(location, spread)
