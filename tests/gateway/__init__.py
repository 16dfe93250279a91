"""The gateway: serving, rights, orders, restarts and faults."""
