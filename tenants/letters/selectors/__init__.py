"""Reads of letter templates, runs and letters."""
