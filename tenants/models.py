from .households.models import (
    CommunicationNeeds,
    Household,
    HouseholdMember,
    HouseholdWord,
    Person,
)
from .letters.models import (
    Letter,
    LetterChunk,
    LetterPack,
    LetterRun,
    LetterRunEvent,
    LetterRunHome,
    LetterTemplate,
    LetterTemplateVersion,
    ReturnedLetter,
)
from .taras.models import (
    Tara,
    TaraBlock,
    TaraContact,
    TaraOfficer,
    TaraPatch,
    TaraRole,
    TaraStreet,
)
from .tenancies.models import Tenancy, TenancyPerson

__all__ = [
    "CommunicationNeeds",
    "Household",
    "HouseholdMember",
    "HouseholdWord",
    "Letter",
    "LetterChunk",
    "LetterPack",
    "LetterRun",
    "LetterRunEvent",
    "LetterRunHome",
    "LetterTemplate",
    "LetterTemplateVersion",
    "Person",
    "ReturnedLetter",
    "Tara",
    "TaraBlock",
    "TaraContact",
    "TaraOfficer",
    "TaraPatch",
    "TaraRole",
    "TaraStreet",
    "Tenancy",
    "TenancyPerson",
]
