"""The list of work: its columns, what importing it would change, and doing so."""
