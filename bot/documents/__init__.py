"""The planning documents: typed models, readers and writers, findings and fingerprints. Pure: no I/O."""
