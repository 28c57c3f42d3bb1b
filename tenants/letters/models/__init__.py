"""Letter templates, runs, and the letters and exceptions each run came to."""

from .channels import Channel, EmailLetters, Postage, WayOut
from .deliveries import DeliveryService, DeliveryStatus, LetterDelivery
from .letters import DueCause, Letter, LetterExceptionReason, LetterRunHome
from .packs import LetterChunk, LetterPack
from .returns import (
    OUTCOMES_OF_COPIES,
    ReturnedLetter,
    ReturnOutcome,
    ReturnReason,
)
from .runs import LetterRun, LetterRunEvent, PackSplit, RunStatus, ScopeKind
from .templates import LetterTemplate, LetterTemplateVersion
from .wordings import LetterWording, LetterWordingCheck

__all__ = [
    "OUTCOMES_OF_COPIES",
    "Channel",
    "DeliveryService",
    "DeliveryStatus",
    "DueCause",
    "EmailLetters",
    "Letter",
    "LetterChunk",
    "LetterDelivery",
    "LetterExceptionReason",
    "LetterPack",
    "LetterRun",
    "LetterRunEvent",
    "LetterRunHome",
    "LetterTemplate",
    "LetterTemplateVersion",
    "LetterWording",
    "LetterWordingCheck",
    "PackSplit",
    "Postage",
    "ReturnOutcome",
    "ReturnReason",
    "ReturnedLetter",
    "RunStatus",
    "ScopeKind",
    "WayOut",
]
