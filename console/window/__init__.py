"""The desk's window: its parts, where they stand, how they look, and how all of that is kept."""
