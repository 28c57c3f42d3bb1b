"""Pages about tenants' and residents' associations."""

from .changing import contact_add, role_add, role_end, tara_officer
from .editing import tara_area, tara_create, tara_edit
from .noticing import (
    notice_again,
    notice_detail,
    notice_list,
    notice_pdf,
    notice_send,
    notice_sent_pdf,
)
from .reading import tara_detail, tara_homes, tara_list

__all__ = [
    "contact_add",
    "notice_again",
    "notice_detail",
    "notice_list",
    "notice_pdf",
    "notice_send",
    "notice_sent_pdf",
    "role_add",
    "role_end",
    "tara_area",
    "tara_create",
    "tara_detail",
    "tara_edit",
    "tara_homes",
    "tara_list",
    "tara_officer",
]
