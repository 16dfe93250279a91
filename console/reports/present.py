"""How crash reports are listed: when, and in which part of the desk."""

from __future__ import annotations

from console.reports.store import Report
from console.words import Words


def line(report: Report, words: Words) -> str:
    """A report on one line, its time by this machine's clock."""
    return f"{report.at.astimezone():%Y-%m-%d %H:%M:%S}  \u00b7  {part_name(report.part, words)}"


def part_name(part: str, words: Words) -> str:
    """What people call the part that failed; its own word where it has no other."""
    kind, _, name = part.partition("-")
    if kind == "panel" and words.has(f"{name}.title"):
        return words(f"{name}.title")
    return words(f"reports.part.{part}") if words.has(f"reports.part.{part}") else part
