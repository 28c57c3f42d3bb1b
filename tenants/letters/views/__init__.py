"""Pages of letter templates, runs and letters."""
