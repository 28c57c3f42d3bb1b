"""What a run came to: each home with its letters, or the reason why not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tenants.households.models import LetterFormat
from tenants.letters.querysets import LetterQuerySet

from .channels import Channel
from .packs import LetterChunk
from .runs import LetterRun
from .wordings import LetterWording


class LetterExceptionReason(models.TextChoices):
    VOID = "void", "No household: the home is empty"
    DO_NOT_WRITE = "do_not_write", "Marked do not write"
    SAFE_CONTACT = "safe_contact", "Safe contact only"
    NO_PATCH = "no_patch", "The home is in no patch"
    NO_ANSWER = "no_answer", "No one answers for the patch"
    ADDRESS = "address", "Address incomplete or too long for the window"
    OTHER_FORMAT = "other_format", "Needs a format this run cannot print"
    CHARACTERS = "characters", "A character no font here can show"
    MISSING_VALUE = "missing_value", "Something the letter needs is missing"
    NOT_DUE = "not_due", "No longer due: told already, or the change was undone"
    DISMISSED = "dismissed", "Dismissed: no letter needed"
    TOO_LONG = "too_long", "More pages than an envelope takes"
    RETURNED = "returned", "A letter came back: check who lives there"
    CHANGED = "changed", "Moved out meanwhile, or wants letters elsewhere"


class DueCause(models.TextChoices):
    """Why a letter is due."""

    NEVER_TOLD = "never_told", "Never told"
    NEW_HOUSEHOLD = "new_household", "New household"
    NEW_PATCH = "new_patch", "Home moved to another patch"
    NEW_ANSWER = "new_answer", "Somebody else answers"
    CONTACT = "contact", "Contact details changed"
    RETURNED = "returned", "A letter came back: write again"


class LetterRunHome(models.Model):
    """A home in a run's scope: it gets a letter, or is an exception with a reason.

    Homes in scope = homes with letters + exceptions, each home once (rule 5).
    """

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="homes")
    property = models.ForeignKey(
        "patches.Property", on_delete=models.PROTECT, related_name="letter_run_homes"
    )
    patch = models.ForeignKey(
        "patches.Patch",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_run_homes",
    )
    is_exception = models.BooleanField(default=False)
    reason = models.CharField(max_length=14, choices=LetterExceptionReason, blank=True)
    detail = models.CharField(max_length=300, blank=True)
    cause = models.CharField(
        max_length=14,
        choices=DueCause,
        blank=True,
        editable=False,
        help_text="Why a letter was due as the run was composed; empty in other runs.",
    )
    told_key = models.CharField(
        max_length=80,
        blank=True,
        editable=False,
        help_text="Household and who answers, as `answering.told_key` writes them.",
    )
    settled_on = models.DateField(
        null=True,
        blank=True,
        help_text="When the run that says who answers was posted, or dismissed.",
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "property"], name="home_once_in_a_run"
            ),
            models.CheckConstraint(
                condition=Q(is_exception=True) & ~Q(reason="")
                | Q(is_exception=False, reason=""),
                name="exception_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["run", "is_exception", "reason"], name="run_home_why"),
            # The latest time a home was told, or could not be.
            models.Index(
                fields=["property", "settled_on"], name="run_home_latest_settled"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.property_id} in run {self.run_id}"


class Letter(models.Model):
    """One letter, with everything printed on it frozen when the run was composed."""

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="letters")
    home = models.ForeignKey(
        LetterRunHome, on_delete=models.PROTECT, related_name="letters"
    )
    household = models.ForeignKey(
        "tenants.Household", on_delete=models.PROTECT, related_name="letters"
    )
    tenancy = models.ForeignKey(
        "tenants.Tenancy",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
    )
    patch = models.ForeignKey(
        "patches.Patch", on_delete=models.PROTECT, related_name="letters"
    )
    officer = models.ForeignKey(
        "officers.Officer",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        help_text="Who answers; empty when the ward team does.",
    )
    landlord = models.ForeignKey(
        "patches.Landlord", on_delete=models.PROTECT, related_name="letters"
    )
    reference = models.CharField(max_length=20, unique=True)
    sequence = models.PositiveIntegerField(
        help_text="Place in posting order; a letter withdrawn leaves a gap."
    )
    addressee = models.CharField(max_length=200)
    salutation = models.CharField(max_length=200)
    address_lines = models.JSONField(help_text="As printed, postcode last.")
    written_to = models.CharField(
        max_length=300,
        blank=True,
        help_text="The correspondence address it was composed with, or a copy’s the "
        "representative’s; empty when it goes to the home.",
    )
    values = models.JSONField(help_text="What each placeholder stood for.")
    letter_format = models.CharField(
        max_length=12, choices=LetterFormat, default=LetterFormat.STANDARD
    )
    channel = models.CharField(max_length=8, choices=Channel, default=Channel.POST)
    email = models.EmailField(
        "e-mail", blank=True, help_text="Where an e-mail goes, as composed."
    )
    wording = models.ForeignKey(
        LetterWording,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        help_text="The translation or easy read it is set from; empty for the English.",
    )
    wanted_language = models.CharField(
        max_length=40, blank=True, help_text="The household's; empty for English."
    )
    is_copy = models.BooleanField(
        default=False,
        help_text="The copy for the household's representative: it tells the household "
        "nothing, and what becomes of it says nothing about the home.",
    )
    chunk = models.ForeignKey(
        LetterChunk, on_delete=models.PROTECT, related_name="letters"
    )
    page_count = models.PositiveSmallIntegerField(null=True, blank=True)
    expected_pages = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        editable=False,
        help_text="Those of the letters like it, if it was not set before approval.",
    )
    first_page = models.PositiveIntegerField(
        null=True, blank=True, help_text="In its pack, from 1."
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["run", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "sequence"], name="letter_sequence_once_in_run"
            ),
            models.UniqueConstraint(
                fields=["home", "tenancy", "is_copy"], name="one_letter_for_a_tenancy"
            ),
            models.UniqueConstraint(
                fields=["home", "is_copy"],
                condition=Q(tenancy__isnull=True),
                name="one_letter_to_the_occupier",
            ),
            models.CheckConstraint(
                condition=Q(page_count__isnull=True) | Q(page_count__gt=0),
                name="letter_has_a_page",
            ),
            models.CheckConstraint(
                condition=Q(expected_pages__isnull=True) | Q(expected_pages__gt=0),
                name="letter_is_expected_to_have_a_page",
            ),
            models.CheckConstraint(
                condition=Q(channel="email") & ~Q(email="")
                | ~Q(channel="email") & Q(email=""),
                name="letter_by_email_has_address",
            ),
            models.CheckConstraint(
                condition=Q(is_copy=False)
                | Q(channel="post", letter_format="standard", wording__isnull=True),
                name="copy_is_posted_in_standard_print",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def who_answers(self) -> str:
        """The name of whoever the letter says answers."""
        return str(self.values.get("who answers", ""))
