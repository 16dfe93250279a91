"""The widgets: tones, shapes, and that each repaints only what differs."""
