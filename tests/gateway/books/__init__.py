"""What a gateway keeps about orders and what a full disk owes it: audit, ends, ledger."""
