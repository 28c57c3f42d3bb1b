"""What somebody asks with: a postcode however it is typed, a number, a UPRN."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from localflavor.gb.forms import GBPostcodeField

from housingplus.govuk.forms import GovukForm

POSTCODE_ERROR = "Enter a whole postcode, for example ZK1 1AA"
UPRN_ERROR = "Enter a UPRN of up to 12 digits, or a postcode"
HOME_ERROR = "Choose an address from the list, or enter a postcode"
# The longest text a person could mean; anything longer is not looked at.
_LONGEST = 60
_NOT_LETTERS_OR_DIGITS = re.compile(r"[^A-Z0-9]+")
_LOOKS_LIKE_A_DIGIT = str.maketrans("OIL", "011")


class PostcodeField(GBPostcodeField):
    """A postcode with any spaces and marks, O typed for 0 and I for 1."""

    default_error_messages = {"invalid": POSTCODE_ERROR, "required": POSTCODE_ERROR}

    def to_python(self, value: Any) -> str:
        text = unicodedata.normalize("NFKC", str(value or "")[:_LONGEST]).upper()
        plain = _NOT_LETTERS_OR_DIGITS.sub("", text)
        if len(plain) >= 5:
            digit = plain[-3].translate(_LOOKS_LIKE_A_DIGIT)
            plain = plain[:-3] + digit + plain[-2:]
        return super().to_python(plain)


class UprnField(forms.RegexField):
    """A UPRN with any spaces, kept without the zeros before it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            r"\A[1-9][0-9]{0,11}\Z", error_messages={"invalid": UPRN_ERROR}, **kwargs
        )

    def to_python(self, value: Any) -> str:
        return re.sub(r"\s+", "", super().to_python(value)[:_LONGEST]).lstrip("0")


class LookUpForm(GovukForm):
    """The look-up of the public page: GET, so that its answers can be cached."""

    widths = {"postcode": "10", "number": "10"}
    autocomplete = {"postcode": "postal-code"}
    # One of postcode and UPRN is needed, so neither is; the number's hint says it.
    mark_optional = False

    postcode = PostcodeField(required=False, label="Postcode")
    number = forms.CharField(
        required=False,
        max_length=_LONGEST,
        label="House or flat number or name",
        help_text="You can leave this out.",
        error_messages={"max_length": "Enter a shorter number or name"},
    )
    # Followed in links, never typed: the page draws the two fields above only.
    home = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), HOME_ERROR),
    )
    uprn = UprnField(required=False)

    def clean(self) -> dict[str, Any]:
        """Ask by UPRN or by postcode; what is wrong is said at the postcode."""
        values = super().clean() or {}
        for name in ("home", "uprn"):
            for message in self.errors.pop(name, ()):
                self.add_error("postcode", message)
        asked = values.get("postcode") or values.get("uprn")
        if not asked and not self.errors:
            self.add_error("postcode", POSTCODE_ERROR)
        return values
