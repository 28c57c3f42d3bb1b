"""What may be done to accounts."""

from __future__ import annotations

from .errors import OwnAccount
from .models import User


def check_not_own_account(account: User, by: User) -> None:
    """Nobody disables themselves or changes their own role. Source: good practice."""
    if account.pk == by.pk:
        raise OwnAccount
