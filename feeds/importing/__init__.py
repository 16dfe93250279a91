"""Other systems' files turned into recordings."""
