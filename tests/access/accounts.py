"""What each role gets at the account, home and search pages."""

from . import Row

ROWS: list[Row] = []
