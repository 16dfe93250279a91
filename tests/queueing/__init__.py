"""What is to be expected of queues: by formula, in the fold, and as consoles ask for it."""
