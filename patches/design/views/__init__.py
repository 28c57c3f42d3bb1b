"""Pages of patch design, one module per subject."""
