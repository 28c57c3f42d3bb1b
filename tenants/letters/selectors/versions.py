"""The versions of a template, and what was written with each."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.db.models import Count, QuerySet

from tenants.letters.models import LetterTemplate, LetterTemplateVersion

from .runs import list_runs

if TYPE_CHECKING:
    from django.http import HttpRequest

    from officers.accounts.models import User


def versions_in_use(request: HttpRequest) -> QuerySet[LetterTemplateVersion]:
    """Versions with which there are runs the person may see, for a filter."""
    used = list_runs(cast("User", request.user)).order_by().values("template_version")
    return (
        LetterTemplateVersion.objects.filter(pk__in=used)
        .select_related("template")
        .order_by("template__name", "-number")
    )


def list_versions(template: LetterTemplate, user: User) -> list[LetterTemplateVersion]:
    """Return a template's versions, newest first; two queries.

    Each has as `run_count` how many runs the person may see that used it.
    """
    used = dict(
        list_runs(user)
        .filter(template_version__template=template)
        .order_by()
        .values_list("template_version")
        .annotate(Count("pk", distinct=True))
    )
    versions = list(template.versions.select_related("created_by").order_by("-number"))
    for version in versions:
        version.run_count = used.get(version.pk, 0)  # type: ignore[attr-defined]
    return versions
