"""What may be ordered by whom, and what an order does: one pure file a feature."""
