"""An Asterisk PBX as a source of facts and a servant for orders, by its manager interface (AMI)."""
