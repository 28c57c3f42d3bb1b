"""What changed from one version of a template to another."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from tenants.letters.models import LetterTemplate, LetterTemplateVersion
from tenants.letters.selectors.versions import list_versions
from tenants.letters.word_changes import word_changes


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def template_compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two versions of a template, word by word; without asking, the two newest."""
    template = get_object_or_404(LetterTemplate, pk=pk)
    versions = list_versions(template, request.user)
    newest = versions[0].number
    after = _asked(request, "to", versions, newest)
    before = _asked(request, "from", versions, max(after.number - 1, 1))
    context = {
        "template": template,
        "versions": versions,
        "before": before,
        "after": after,
        "subject": word_changes(before.subject, after.subject),
        "body": word_changes(before.body, after.body),
        "can_write": request.user.has_permission(Permission.WRITE_LETTERS),
    }
    return render(request, "tenants/letters/template_compare.html", context)


def _asked(
    request: HttpRequest,
    name: str,
    versions: list[LetterTemplateVersion],
    otherwise: int,
) -> LetterTemplateVersion:
    given = request.GET.get(name, "") or str(otherwise)
    for version in versions:
        if str(version.number) == given:
            return version
    raise Http404("This template has no such version.")
