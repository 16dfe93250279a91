"""The log that numbers facts: its contract and where it is kept."""
