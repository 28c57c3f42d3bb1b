"""Pages of a template's translations and easy read: editor, and the check of one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from tenants.households.languages import ENGLISH
from tenants.letters.errors import TemplateChanged
from tenants.letters.forms import (
    LanguageForm,
    WordingCheckForm,
    WordingForm,
)
from tenants.letters.models import LetterTemplate, LetterTemplateVersion
from tenants.letters.models.wordings import EASY_READ_KEY
from tenants.letters.placeholders import GROUPS
from tenants.letters.selectors import wordings as selectors
from tenants.letters.selectors.runs import current_version
from tenants.letters.services import wordings as services

from .templates import preview_of


@require_GET
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def wording_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """From the list of languages to the editor of the one chosen."""
    template = get_object_or_404(LetterTemplate, pk=pk)
    form = LanguageForm(request.GET)
    if form.is_valid():
        key = form.cleaned_data["language"]
        return redirect("tenants:letters:wording_edit", template.pk, key)
    messages.info(request, "Choose a language first.")
    return redirect(template)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def wording_edit(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Write a translation or easy read of a template's newest version."""
    template, version = _template_or_404(pk, key)
    newest = selectors.newest_wording(version, key)
    seen = selectors.seen_mark(version, newest)
    initial = _initial(request, version, newest) | {"seen": seen}
    form = WordingForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        language=ENGLISH.code if key == EASY_READ_KEY else key,
    )
    wants_preview = "preview" in request.POST or "next" in request.POST
    theirs_url = ""
    if request.method == "POST" and form.is_valid() and not wants_preview:
        try:
            saved = services.save_wording(
                version=version, key=key, by=request.user, **form.cleaned_data
            )
        except TemplateChanged as refusal:
            add_refusal(form, refusal)
            form.write_over("seen", seen)
            if newest is not None and newest.version_id == version.pk:
                theirs_url = f"{template.get_absolute_url()}?wording={key}"
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{saved.name} saved")
            for name in selectors.placeholders_left_out(
                version, saved.subject, saved.body
            ):
                messages.warning(request, f"It does not have (({name})).")
            return redirect(template)
    wording = request.POST if request.method == "POST" else initial
    subject, body = wording.get("subject", ""), wording.get("body", "")
    context = {
        "form": form,
        "template": template,
        "version": version,
        "key": key,
        "name": selectors.wording_name(key),
        "newest": newest,
        "theirs_url": theirs_url,
        "is_earlier": newest is not None and newest.version_id != version.pk,
        "left_out": (
            selectors.placeholders_left_out(version, subject, body) if body else []
        ),
        "groups": GROUPS,
        "preview": preview_of(request, subject, body, key=key, given=wording),
        "back_url": template.get_absolute_url(),
    }
    return render(request, "tenants/letters/wording_form.html", context)


def _initial(
    request: HttpRequest, version: LetterTemplateVersion, newest: Any
) -> dict[str, Any]:
    """The wording as it stands; or the English, to write over."""
    if "english" in request.GET:
        return {"subject": version.subject, "body": version.body}
    return selectors.as_values(newest) if newest else {}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def wording_check(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Say who has checked the newest edition of a translation."""
    template, version = _template_or_404(pk, key)
    newest = selectors.newest_wording(version, key)
    if newest is None or newest.version_id != version.pk or newest.is_easy_read:
        raise Http404("There is no translation of this version to check.")
    if hasattr(newest, "checked"):
        messages.info(request, f"{newest.name} has been checked already.")
        return redirect(template)
    form = WordingCheckForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_check(wording=newest, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"{newest.name} is checked. Runs use it now.")
            return redirect(template)
    context = {
        "form": form,
        "template": template,
        "version": version,
        "wording": newest,
        "left_out": selectors.placeholders_left_out(
            version, newest.subject, newest.body
        ),
        "back_url": template.get_absolute_url(),
    }
    return render(request, "tenants/letters/wording_check.html", context)


def _template_or_404(pk: int, key: str) -> tuple[LetterTemplate, LetterTemplateVersion]:
    template = get_object_or_404(LetterTemplate, pk=pk)
    if not selectors.is_known_key(key):
        raise Http404("There is no such language.")
    return template, current_version(template)
