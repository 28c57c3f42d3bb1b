"""Rules of patch designs, one module per subject."""
