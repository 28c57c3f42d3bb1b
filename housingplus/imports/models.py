"""Lists a council brings: the file, what checking it found, and what came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class ImportKind(models.TextChoices):
    PROPERTIES = "properties", "Homes"
    HOUSEHOLDS = "households", "Households and tenancies"
    WORKLOAD = "workload", "Work of homes"


class ImportStatus(models.TextChoices):
    UPLOADED = "uploaded", "Columns to confirm"
    CHECKING = "checking", "Being checked"
    CHECKED = "checked", "Ready to confirm"
    REFUSED = "refused", "Has errors"
    APPLYING = "applying", "Being imported"
    DONE = "done", "Imported"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Cancelled"


class ImportBatch(models.Model):
    """One list, from upload to import. All of it goes in, or nothing (rule 8)."""

    kind = models.CharField(max_length=12, choices=ImportKind)
    status = models.CharField(
        max_length=10, choices=ImportStatus, default=ImportStatus.UPLOADED
    )
    file = models.FileField(
        upload_to="imports/",
        blank=True,
        help_text="Kept until the list is imported or cancelled; then removed.",
    )
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    columns = models.JSONField(
        default=dict, blank=True, help_text="Our field to the column of the file."
    )
    options = models.JSONField(default=dict, blank=True)
    token = models.UUIDField(
        unique=True, help_text="Given by the form, so that a double click uploads once."
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
    )
    job = models.ForeignKey(
        "jobs.Job",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports",
    )
    row_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    changed_count = models.PositiveIntegerField(default=0)
    unchanged_count = models.PositiveIntegerField(default=0)
    missing_count = models.PositiveIntegerField(
        default=0, help_text="Here, but not in the list."
    )
    note_count = models.PositiveIntegerField(
        default=0, help_text="Rows taken, about which the report says something."
    )
    error_count = models.PositiveIntegerField(default=0)
    message = models.TextField(blank=True)
    plan_digest = models.CharField(
        max_length=64, blank=True, help_text="Hash of what confirming would do."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="imports_confirmed",
    )

    class Meta:
        verbose_name_plural = "import batches"
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["status"],
                condition=Q(status="applying"),
                name="one_import_applied_at_a_time",
                violation_error_message="Another list is being imported.",
            )
        ]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("imports:detail", args=[self.pk])


class ImportRowOutcome(models.TextChoices):
    NEW = "new", "New"
    CHANGED = "changed", "Changed"
    MISSING = "missing", "Would disappear"
    NOTE = "note", "Note"
    ERROR = "error", "Error"


class ImportRow(models.Model):
    """What checking found about one row; unchanged rows are only counted."""

    batch = models.ForeignKey(
        ImportBatch, on_delete=models.CASCADE, related_name="rows"
    )
    number = models.PositiveIntegerField(
        null=True, blank=True, help_text="Row in the file, as a spreadsheet counts."
    )
    outcome = models.CharField(max_length=7, choices=ImportRowOutcome)
    key = models.CharField(max_length=60, blank=True)
    label = models.CharField(max_length=200, blank=True)
    column = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=200, blank=True)
    message = models.CharField(max_length=300, blank=True)
    changes = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="error") | ~Q(message=""),
                name="import_error_has_message",
            )
        ]
        indexes = [
            models.Index(fields=["batch", "outcome", "number"], name="import_row_list")
        ]

    def __str__(self) -> str:
        return f"row {self.number} of {self.batch_id}: {self.outcome}"
