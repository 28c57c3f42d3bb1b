"""Characters that cannot be printed, looked for in everything a letter prints."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

from housingplus.documents.text import clean_text
from tenants.letters.typesetting import characters_not_shown


def not_shown(texts: Iterable[str]) -> Iterable[str]:
    """Characters of some texts that no font here can show, each once."""
    return dict.fromkeys(chain.from_iterable(map(_missing_in, texts)))


@lru_cache(maxsize=4_096)
def _missing_in(text: str) -> tuple[str, ...]:
    """Kept for what letters share: names of officers, teams, patches."""
    return characters_not_shown(clean_text(text))
