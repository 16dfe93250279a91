"""What an import could not use: counted by kind, the first of each kind by line number, and what it had to create."""

from __future__ import annotations

from msgspec import Struct, field

SHOWN = 5
"""How many line numbers are kept of each kind."""

REPEATED = "repeated line"
"""Why a line that was used before cannot be used again."""


class Problem(Struct):
    """Lines of one kind that could not be used."""

    count: int = 0
    lines: list[int] = field(default_factory=list)


class Report(Struct):
    """How an import went; times are UTC milliseconds."""

    lines: int = 0
    used: int = 0
    """Lines that are well-formed, whether or not they say something of interest."""
    empty: int = 0
    facts: int = 0
    calls: int = 0
    begin: int | None = None
    end: int | None = None
    problems: dict[str, Problem] = field(default_factory=dict)
    new_queues: list[str] = field(default_factory=list)
    new_agents: list[str] = field(default_factory=list)
    lost_calls: int = 0
    """Calls whose end is not in the file although the file goes on."""
    open_calls: int = 0
    """Calls still waiting or in conversation when the file ends."""
    late_lines: int = 0
    """Lines that were used although they lie further back than sorting reaches."""
    cut_short: str | None = None
    """Why a damaged or truncated file ended early."""
    ignored: bool = False
    """Whether bytes that are no gzip follow the packed lines."""

    def problem(self, kind: str, number: int) -> None:
        """Count a line that cannot be used."""
        found = self.problems.get(kind)
        if found is None:
            found = self.problems[kind] = Problem()
        found.count += 1
        if len(found.lines) < SHOWN:
            found.lines.append(number)

    @property
    def skipped(self) -> int:
        """Lines that could not be used, of all kinds."""
        return sum(found.count for found in self.problems.values())
