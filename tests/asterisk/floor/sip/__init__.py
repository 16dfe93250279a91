"""A very small SIP user agent: what the tests' phones need on loopback, and nothing more. It is no general library."""
