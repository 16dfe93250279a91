"""Who comes to a gateway, is let in, kept out or sent away."""
