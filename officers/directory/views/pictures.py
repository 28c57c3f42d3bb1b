"""Photos and signatures, for signed-in staff only."""

from __future__ import annotations

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from housingplus.common.permissions import Permission
from housingplus.common.views import permission_required
from officers.directory.models import Officer
from officers.directory.permissions import can_see_signature


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def photo(request: HttpRequest, pk: int) -> HttpResponseBase:
    officer = get_object_or_404(Officer, pk=pk)
    return _picture(officer.photo, "image/jpeg")


@require_GET
@permission_required(Permission.VIEW_OFFICERS)
def signature(request: HttpRequest, pk: int) -> HttpResponseBase:
    """A signature could be misused: its owner and letter approvers see it."""
    officer = get_object_or_404(Officer, pk=pk)
    if not can_see_signature(request.user, officer):
        raise Http404
    return _picture(officer.signature, "image/png")


def _picture(file: FieldFile, content_type: str) -> HttpResponseBase:
    if not file or not file.storage.exists(file.name):
        raise Http404
    response = FileResponse(file.open("rb"), content_type=content_type)
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=300"
    return response
