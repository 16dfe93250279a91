"""The manager interface's protocol: messages, connections, actions. Knows nothing of floors."""
