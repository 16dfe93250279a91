"""Consoles at the gateway: the door, a desk for each, and what a desk needs."""
