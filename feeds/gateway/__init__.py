"""The gateway: publishes the feed from a source, takes orders and keeps the books."""
