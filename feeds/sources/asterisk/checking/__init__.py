"""What `doctor --asterisk` finds out about a PBX: what a gateway needs of it, how that stands, what to write where."""
