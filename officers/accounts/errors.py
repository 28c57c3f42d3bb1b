"""Refusals about accounts."""

from housingplus.common.errors import Refusal


class OwnAccount(Refusal):
    def __init__(self) -> None:
        super().__init__(
            "You cannot change the role of your own account or disable it. "
            "Ask another administrator."
        )
