"""`python -m tests.gateway.process`: the gateway's command without the set-up that main.py does before it."""

from __future__ import annotations

import sys

from feeds.gateway.command import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
