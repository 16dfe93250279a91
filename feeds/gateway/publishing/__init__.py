"""What consoles are sent: entities of one epoch, frames composed once, and sound, each as far as a line takes it."""
