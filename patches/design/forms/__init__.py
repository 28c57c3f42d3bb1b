"""Forms of patch design, one module per subject."""
