from .briefing import ward_brief
from .printing import place_posters_pdf, ward_notices, ward_pdf, ward_places
from .sent import sent_again, sent_detail, sent_list, sent_pdf

__all__ = [
    "place_posters_pdf",
    "sent_again",
    "sent_detail",
    "sent_list",
    "sent_pdf",
    "ward_brief",
    "ward_notices",
    "ward_pdf",
    "ward_places",
]
