"""What consoles ask of the past: figures over time and the calls behind them, an agent's day, a shift as a whole."""
