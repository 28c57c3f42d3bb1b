"""Public pages: no sign-in, no cookie, no script; the same for everybody."""

from .api import who_answers
from .pages import colours, embed, photo, start
from .wards import ward_detail, ward_list

__all__ = [
    "colours",
    "embed",
    "photo",
    "start",
    "ward_detail",
    "ward_list",
    "who_answers",
]
