"""How the floor is put into words and shapes, the same on every screen; every feature may use it, it uses none."""
