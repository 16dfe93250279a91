"""Tables of figures from recordings."""
