"""Tables of lines: their models, how they are painted, pressed, printed."""
