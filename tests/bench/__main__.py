"""`python -m tests.bench [--quick] [NAME …]`: runs the benches, prints one table, fails when a goal is missed."""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path

from tests.bench.harness import Row, say, table


def main() -> int:
    """Run what the command line names, everything by default."""
    here = Path(__file__).parent
    known = sorted(file.stem.removeprefix("bench_") for file in here.glob("bench_*.py"))
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which benches: {', '.join(known)}")
    parser.add_argument("--quick", action="store_true", help="short runs: rough numbers in a fraction of the time")
    options = parser.parse_args()
    unknown = set(options.names) - set(known)
    if unknown:
        parser.error(f"there is no bench {', '.join(sorted(unknown))}; there are {', '.join(known)}")
    rows: list[Row] = []
    try:
        for name in options.names or known:
            say(f"bench {name} …")
            rows.extend(importlib.import_module(f"tests.bench.bench_{name}").run(options.quick))
    finally:
        sys.stdout.write(table(rows) + "\n")  # what took minutes to measure is not lost to an error behind it
    return 1 if any(row.kept is False for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
