"""Every write of letter templates and runs."""
