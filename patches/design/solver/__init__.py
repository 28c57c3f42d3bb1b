"""Draws patches of equal work: plain values in, plain values out; no Django."""
