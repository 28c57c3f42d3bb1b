"""Letter runs: one mailing each, and how far it has come."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from tenants.letters.querysets import LetterRunQuerySet

from .channels import EmailLetters, Postage, WayOut
from .templates import LetterTemplateVersion


class RunStatus(models.TextChoices):
    COMPOSING = "composing", "Being composed"
    COMPOSED = "composed", "Ready to check"
    APPROVED = "approved", "Approved"
    PRODUCING = "producing", "Being produced"
    PAUSED = "paused", "Paused"
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


class PackSplit(models.TextChoices):
    SIZE = "size", "By number of pages"
    WARD = "ward", "By ward"
    PATCH = "patch", "By patch"
    SHEETS = "sheets", "By number of sheets"


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
    only_due = models.BooleanField(
        "only letters due",
        default=False,
        help_text="Only households not yet told who answers for them on that date.",
    )
    envelope = models.CharField(
        max_length=4, choices=[("c5", "C5"), ("dl", "DL")], default="c5"
    )
    is_double_sided = models.BooleanField(
        "printed on both sides",
        default=True,
        help_text="No letter begins on the back of another.",
    )
    has_code = models.BooleanField(
        "print a code for scanning returned letters",
        default=True,
        help_text="A small square at the foot of the first page.",
    )
    has_fold_marks = models.BooleanField(
        "print fold marks",
        default=False,
        help_text="Short lines at the left edge where the sheet is folded.",
    )
    split = models.CharField(
        "split the letters",
        max_length=6,
        choices=PackSplit,
        default=PackSplit.SIZE,
        help_text="How the letters are divided into packs to print.",
    )
    way_out = models.CharField(
        max_length=10,
        choices=WayOut,
        default=WayOut.PRINT,
        help_text="How the letters that go by post leave the office.",
    )
    postage = models.CharField(
        max_length=7,
        choices=Postage,
        default=Postage.SECOND,
        help_text="What a mail house is asked for.",
    )
    email_letters = models.CharField(
        "households that want e-mail",
        max_length=6,
        choices=EmailLetters,
        default=EmailLetters.SEND,
    )
    is_bilingual = models.BooleanField(
        "translations with the English",
        default=False,
        help_text="A translated letter has the English on the pages after it.",
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
        null=True,
        blank=True,
        related_name="letter_runs_created",
        help_text="Empty when the letters due were prepared by themselves.",
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_approved",
    )
    scheduled_for = models.DateTimeField(
        null=True, blank=True, help_text="When an approved run is to be produced."
    )
    scheduled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_scheduled",
    )
    not_started = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why it could not be produced when it was to be.",
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
    send_job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="letter_runs_sent",
        help_text="The sending of its e-mails, and of letters through Notify.",
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
    ledger_file = models.CharField(max_length=200, blank=True)
    mail_file = models.CharField(
        max_length=200, blank=True, help_text="What a mail house is given."
    )
    engine = models.CharField(
        max_length=200,
        blank=True,
        help_text="Typesetter and fonts that made the packs.",
    )

    erased_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="When names, addresses and files went, their time of keeping over.",
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
                condition=~Q(
                    status__in=[
                        "approved",
                        "producing",
                        "paused",
                        "produced",
                        "posted",
                    ]
                )
                | Q(approved_at__isnull=False),
                name="run_goes_on_only_approved",
            ),
            models.CheckConstraint(
                condition=Q(scheduled_for__isnull=True, scheduled_by__isnull=True)
                | Q(
                    scheduled_for__isnull=False,
                    scheduled_by__isnull=False,
                    status="approved",
                ),
                name="run_scheduled_by_while_approved",
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
