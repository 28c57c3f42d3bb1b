"""The list of homes: its columns, what importing it would change, and doing so."""
