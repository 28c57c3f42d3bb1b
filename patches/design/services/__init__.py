"""Every change of patch designs, assumptions and reviews."""
