"""What `--explain` says of a table: how each column is counted and defined, and where the rest of the offered is."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from feeds.figures import DEFINITIONS
from feeds.reporting.columns import Column, Remainder
from feeds.reporting.tables import Table

_BASES = {
    "cohort": "counted in the period in which the call joined its queue",
    "event": "counted in the period in which it happened",
    "split": "divided at the boundaries of periods",
    "now": "as it stands at that moment",
}
_RESTS = ("flowed out", "blocked", "pending")
_SHOWN = 20


def explained(table: Table, zone: ZoneInfo) -> str:
    """The explanation, line by line."""
    rows = [f"times are those of {zone.key}"]
    used = [basis for basis in _BASES if any(column.basis == basis for column in table.columns)]
    rows += [f"basis {basis}: {_BASES[basis]}" for basis in used]
    rows += map(_column, table.columns)
    for labels, remainder in table.remainders[:_SHOWN]:
        rows.append(f"offered in {labels}: {_rest(remainder)}")
    if table.remainders:
        if len(table.remainders) > _SHOWN:
            rows.append(f"and in {len(table.remainders) - _SHOWN} more rows")
        total = Remainder(*map(sum, zip(*(remainder for _, remainder in table.remainders), strict=True)))
        rows.append(f"offered in all of these: {_rest(total)}")
    return "\n".join(rows) + "\n"


def _column(column: Column) -> str:
    definition = DEFINITIONS.get(column.figure)
    words = [column.basis, column.note]
    if definition is not None:
        formula = f"{definition.formula_en} · {definition.formula_zh}"
        words.insert(1, f"[{definition.definition_id}] {formula} ({definition.source})")
    return f"{column.name}: {'; '.join(word for word in words if word)}"


def _rest(remainder: Remainder) -> str:
    parts = (f"{count} {word}" for word, count in zip(_RESTS, remainder, strict=True) if count)
    return f"answered + abandoned + {' + '.join(parts)}"
