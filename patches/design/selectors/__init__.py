"""Reads of patch designs and of the work of homes."""
