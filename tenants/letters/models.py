"""Letter templates, runs, and the letters and exceptions each run came to."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tenants.households.models import LetterFormat

from .querysets import LetterQuerySet, LetterRunQuerySet


class LetterTemplate(models.Model):
    """A letter's wording. Its text lives in versions, which never change."""

    class Purpose(models.TextChoices):
        INTRODUCTION = "introduction", "Introducing the patch officer"
        CHANGE = "change", "A change of patch officer"
        COVER = "cover", "Cover while the officer is away"
        VACANCY = "vacancy", "The ward team answers for now"
        OTHER = "other", "Other"

    name = models.CharField(max_length=100, unique=True)
    purpose = models.CharField(
        max_length=12, choices=Purpose, default=Purpose.INTRODUCTION
    )
    is_archived = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("tenants:letters:template_detail", args=[self.pk])


class LetterTemplateVersion(models.Model):
    """The text of a template at one time; the database refuses to change it."""

    is_append_only = True

    template = models.ForeignKey(
        LetterTemplate, on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveIntegerField()
    subject = models.CharField(max_length=200)
    body = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_template_versions",
    )

    class Meta:
        ordering = ["template", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["template", "number"], name="template_version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"


class RunStatus(models.TextChoices):
    COMPOSING = "composing", "Being composed"
    COMPOSED = "composed", "Ready to check"
    APPROVED = "approved", "Approved"
    PRODUCING = "producing", "Being produced"
    PRODUCED = "produced", "Ready to print"
    POSTED = "posted", "Posted"
    CANCELLED = "cancelled", "Cancelled"
    FAILED = "failed", "Failed"


class ScopeKind(models.TextChoices):
    PATCHES = "patches", "Patches"
    WARDS = "wards", "Wards"
    AREA = "area", "A housing area"
    TARA = "tara", "A TARA's area"
    ALL = "all", "All homes"


class LetterRun(models.Model):
    """One mailing: a template, a scope, a date, and what came of every home in it."""

    template_version = models.ForeignKey(
        LetterTemplateVersion, on_delete=models.PROTECT, related_name="runs"
    )
    title = models.CharField(max_length=120)
    dated = models.DateField("date on the letters")
    status = models.CharField(
        max_length=10, choices=RunStatus, default=RunStatus.COMPOSING
    )
    scope_kind = models.CharField(max_length=8, choices=ScopeKind)
    scope_ids = models.JSONField(default=list, blank=True)
    changed_since = models.DateField(
        null=True,
        blank=True,
        help_text="Only homes whose answering officer changed since this day.",
    )
    envelope = models.CharField(
        max_length=4, choices=[("c5", "C5"), ("dl", "DL")], default="c5"
    )
    is_double_sided = models.BooleanField(
        "printed on both sides",
        default=True,
        help_text="No letter begins on the back of another.",
    )
    wards = models.ManyToManyField(
        "patches.Ward",
        related_name="letter_runs",
        blank=True,
        help_text="Wards of the homes in scope: who may see and approve the run.",
    )
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click makes one."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="letter_runs_created",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_approved",
    )
    posted_on = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_posted",
    )
    compose_job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_composed",
    )
    produce_job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_produced",
    )
    senders = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Letterheads by landlord and signatures by patch, as composed.",
    )
    home_count = models.PositiveIntegerField(default=0)
    letter_count = models.PositiveIntegerField(default=0)
    exception_count = models.PositiveIntegerField(default=0)
    page_count = models.PositiveIntegerField(default=0)
    pack_file = models.CharField(max_length=200, blank=True)
    pack_sha256 = models.CharField(max_length=64, blank=True)
    ledger_file = models.CharField(max_length=200, blank=True)
    engine = models.CharField(
        max_length=200, blank=True, help_text="Typesetter and fonts that made the pack."
    )

    objects = LetterRunQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="run_approved_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(posted_on__isnull=True, posted_by__isnull=True)
                | Q(posted_on__isnull=False, posted_by__isnull=False),
                name="run_posted_on_with_by",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["approved", "producing", "produced", "posted"])
                | Q(approved_at__isnull=False),
                name="run_goes_on_only_approved",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("tenants:letters:run_detail", args=[self.pk])


class LetterRunEvent(models.Model):
    """One move of a run from a status to the next; never edited."""

    is_append_only = True

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_run_events",
    )
    from_status = models.CharField(max_length=10, choices=RunStatus, blank=True)
    to_status = models.CharField(max_length=10, choices=RunStatus)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.from_status} to {self.to_status}"


class LetterExceptionReason(models.TextChoices):
    VOID = "void", "No household: the home is empty"
    DO_NOT_WRITE = "do_not_write", "Marked do not write"
    NO_PATCH = "no_patch", "The home is in no patch"
    NO_ANSWER = "no_answer", "No one answers for the patch"
    ADDRESS = "address", "Address incomplete or too long for the window"
    OTHER_FORMAT = "other_format", "Needs a format this run cannot print"
    CHARACTERS = "characters", "A character no font here can show"
    MISSING_VALUE = "missing_value", "Something the letter needs is missing"


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
            models.Index(fields=["run", "is_exception", "reason"], name="run_home_why")
        ]

    def __str__(self) -> str:
        return f"{self.property_id} in run {self.run_id}"


class LetterChunk(models.Model):
    """A few dozen letters typeset together; a file whose name holds its hash."""

    run = models.ForeignKey(LetterRun, on_delete=models.PROTECT, related_name="chunks")
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    page_count = models.PositiveIntegerField(default=0)
    spans = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Reference, first page and pages of each letter in the file.",
    )
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["run", "number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="chunk_once_in_run"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True, file="")
                | Q(done_at__isnull=False) & ~Q(file=""),
                name="chunk_done_has_file",
            ),
        ]

    def __str__(self) -> str:
        return f"chunk {self.number} of run {self.run_id}"


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
    values = models.JSONField(help_text="What each placeholder stood for.")
    letter_format = models.CharField(
        max_length=12, choices=LetterFormat, default=LetterFormat.STANDARD
    )
    chunk = models.ForeignKey(
        LetterChunk, on_delete=models.PROTECT, related_name="letters"
    )
    page_count = models.PositiveSmallIntegerField(null=True, blank=True)
    first_page = models.PositiveIntegerField(
        null=True, blank=True, help_text="In the pack, from 1."
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["run", "sequence"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "sequence"], name="letter_sequence_once_in_run"
            ),
            models.UniqueConstraint(
                fields=["home", "tenancy"], name="one_letter_for_a_tenancy"
            ),
            models.UniqueConstraint(
                fields=["home"],
                condition=Q(tenancy__isnull=True),
                name="one_letter_to_the_occupier",
            ),
            models.CheckConstraint(
                condition=Q(page_count__isnull=True) | Q(page_count__gt=0),
                name="letter_has_a_page",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
