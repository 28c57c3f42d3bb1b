"""Expecting the work of homes: plain values and NumPy, no database."""
