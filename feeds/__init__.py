"""Everything without a screen: facts, the floor's fold, the feed, its rules, sources and the gateway."""
