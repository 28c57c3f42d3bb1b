"""Telephone numbers shown the British way."""

import functools

import phonenumbers


@functools.lru_cache(maxsize=4096)
def british(number: str) -> str:
    """Return "07700 900123" for any way of writing it; what is no number stays."""
    try:
        parsed = phonenumbers.parse(number, "GB")
    except phonenumbers.NumberParseException:
        return number
    if not phonenumbers.is_possible_number(parsed):
        return number
    style = phonenumbers.PhoneNumberFormat
    is_british = parsed.country_code == 44
    text = phonenumbers.format_number(
        parsed, style.NATIONAL if is_british else style.INTERNATIONAL
    )
    return (
        text
        if not parsed.extension or "ext" in text
        else f"{text} ext {parsed.extension}"
    )
