"""What a gateway tells its consoles: who sees what, over good lines and bad ones."""
