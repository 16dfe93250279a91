"""What this machine lacks to run Watchfloor, and what a maintainer needs to know about it."""
