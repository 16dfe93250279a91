"""What a gateway must never forget: the audit of orders and its chain, keys, and ends that are still owed."""
