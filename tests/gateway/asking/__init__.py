"""What consoles ask of a gateway about the past, and how it answers many of them at once."""
