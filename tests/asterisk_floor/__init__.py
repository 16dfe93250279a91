"""What Asterisk says, written by hand, and what the floor makes of it: no Asterisk, no sockets, no time that passes."""
