"""How a gateway runs its floor: from logs and recordings, over kills, edits and faults."""
