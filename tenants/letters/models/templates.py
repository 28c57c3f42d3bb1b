"""Letter templates: wording in versions that never change."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse


class LetterTemplate(models.Model):
    """A letter's wording. Its text lives in versions, which never change."""

    class Purpose(models.TextChoices):
        INTRODUCTION = "introduction", "Introducing the patch officer"
        CHANGE = "change", "A change of patch officer"
        COVER = "cover", "Cover while the officer is away"
        VACANCY = "vacancy", "The ward team answers for now"
        CONTACT = "contact", "New contact details"
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
