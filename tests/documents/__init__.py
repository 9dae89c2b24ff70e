"""Documents: reading without loss, writing one canonical form."""
