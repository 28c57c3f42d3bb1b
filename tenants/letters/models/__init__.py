"""Letter templates, runs, and the letters and exceptions each run came to."""

from .letters import Letter, LetterExceptionReason, LetterRunHome
from .packs import LetterChunk, LetterPack
from .runs import LetterRun, LetterRunEvent, PackSplit, RunStatus, ScopeKind
from .templates import LetterTemplate, LetterTemplateVersion

__all__ = [
    "Letter",
    "LetterChunk",
    "LetterExceptionReason",
    "LetterPack",
    "LetterRun",
    "LetterRunEvent",
    "LetterRunHome",
    "LetterTemplate",
    "LetterTemplateVersion",
    "PackSplit",
    "RunStatus",
    "ScopeKind",
]
