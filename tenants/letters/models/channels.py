"""How letters leave: each by one channel, those of the post by the run's way out."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """How one letter reaches its household."""

    POST = "post", "Post"
    SUPPLIER = "supplier", "Supplier of Braille and audio"
    EMAIL = "email", "E-mail"


class WayOut(models.TextChoices):
    """How the letters of a run that go by post leave the office."""

    PRINT = "print", "Print them in the office"
    MAIL_HOUSE = "mail_house", "Give a file to a mail house"
    NOTIFY = "notify", "Send them through GOV.UK Notify"


class Postage(models.TextChoices):
    """How fast the post is asked to be."""

    FIRST = "first", "First class"
    SECOND = "second", "Second class"
    ECONOMY = "economy", "Economy"


class EmailLetters(models.TextChoices):
    """What a run does for households that want e-mail instead of letters."""

    SEND = "send", "Send them an e-mail"
    PRINT = "print", "Print their letters instead"
    EXCEPT = "except", "Leave them out, as exceptions"
