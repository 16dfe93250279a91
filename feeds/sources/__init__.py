"""Where facts come from: switches, simulators and recordings."""
