"""The wall's tiles: what is read across the room."""
