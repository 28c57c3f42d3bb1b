"""Posters, cards, flyers and briefings of a ward, to print."""
