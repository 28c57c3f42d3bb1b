"""What a signed-in person may do; roles (officers.accounts) are lists of these."""

from enum import StrEnum


class Permission(StrEnum):
    # Places
    VIEW_PLACES = "view places"
    MOVE_HOMES = "move homes between patches"
    IMPORT_LISTS = "import the council's lists"
    # Patch designs and the work of homes
    VIEW_DESIGNS = "view patch designs and the work of homes"
    COMMENT_ON_DESIGNS = "comment on proposed patch designs"
    DESIGN_PATCHES = "draw, propose and publish patch designs"
    APPROVE_DESIGNS = "approve patch designs"
    # People who do the work
    VIEW_OFFICERS = "view officers and teams"
    ASSIGN_OFFICERS = "assign officers to patches"
    MANAGE_OFFICERS = "add, change and end officers and teams"
    KEEP_WARD_CONTACTS = "change councillors and drop-in sessions of own wards"
    SEND_NOTICES = "send briefings to councillors and notices to associations"
    # People who live there
    VIEW_HOUSEHOLDS = "view households by name"
    EDIT_HOUSEHOLDS = "change households' needs and contact flags"
    VIEW_ALL_HOUSEHOLDS = "view households of every ward"
    VIEW_TARAS = "view tenants' and residents' associations"
    MANAGE_TARAS = "change tenants' and residents' associations"
    RECORD_TARA_CONTACT = "record meetings and contacts with associations"
    # Letters
    VIEW_LETTERS = "view letter runs and letters"
    WRITE_LETTERS = "prepare letter runs"
    EDIT_LETTER_TEMPLATES = "change letter templates"
    APPROVE_LETTERS = "approve letter runs"
    # The whole service
    ALL_WARDS = "act in every ward"
    VIEW_MEASURES = "view measures without names"
    EXPORT_LISTS = "download lists"
    USE_ADMIN = "use Django admin"
