"""Whether what a site folder says makes sense: by itself, together, as alarms and as a floor that is simulated."""
