"""The feed on the wire: frames, proofs and the published contract."""
