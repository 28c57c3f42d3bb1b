"""An invented city, for trying Housing+ out: places, staff, households, letters.

`plan` draws it as plain values from a seed; the other modules write it.
"""
