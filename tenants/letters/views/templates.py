"""Pages of letter templates: list, editor with preview, versions."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from housingplus.common.csv_export import csv_response
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from tenants.households.languages import ENGLISH
from tenants.letters.errors import TemplateChanged
from tenants.letters.forms import (
    LanguageForm,
    PreviewForm,
    TemplateEditForm,
    TemplateForm,
)
from tenants.letters.models import (
    LetterTemplate,
    LetterTemplateVersion,
    LetterWording,
)
from tenants.letters.models.wordings import EASY_READ_KEY
from tenants.letters.placeholders import GROUPS
from tenants.letters.selectors.previews import Preview, preview_for
from tenants.letters.selectors.runs import current_version, list_templates
from tenants.letters.selectors.versions import list_versions
from tenants.letters.selectors.wordings import (
    is_known_key,
    list_wording_states,
    newest_wording,
    wording,
    wording_of,
)
from tenants.letters.services import proofs
from tenants.letters.services import templates as services
from tenants.letters.services.trials import send_test_letter

TEMPLATE_COLUMNS = {
    "name": "name",
    "purpose": ("purpose", "name"),
    "version": ("version_number", "name"),
    "changed": ("changed_at", "name"),
    "runs": ("run_count", "name"),
}


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def template_list(request: HttpRequest) -> HttpResponse:
    chosen = sorting(request, TEMPLATE_COLUMNS, default="name")
    archived = request.GET.get("archived") == "1"
    rows = list_templates().filter(is_archived=archived).order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "letter-templates.csv",
            ["Name", "Purpose", "Version", "Runs"],
            (
                (row.name, row.get_purpose_display(), row.version_number, row.run_count)
                for row in rows
            ),
        )
    page_obj = Paginator(rows, 25).get_page(request.GET.get("page"))
    context = {
        "page_obj": page_obj,
        "sorting": chosen,
        "archived": archived,
        "archived_count": LetterTemplate.objects.filter(is_archived=True).count(),
        "can_edit": request.user.has_permission(Permission.EDIT_LETTER_TEMPLATES),
    }
    return render(request, "tenants/letters/template_list.html", context)


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def template_detail(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(LetterTemplate, pk=pk)
    version = current_version(template)
    asked = whole_number(request.GET.get("version"))
    if asked is not None:
        version = get_object_or_404(template.versions, number=asked)
    newest = current_version(template)
    shown = _shown_wording(request, version)
    preview = (
        preview_of(request, shown.subject, shown.body, row=shown)
        if isinstance(shown, LetterWording)
        else preview_of(request, version.subject, version.body)
    )
    states = list_wording_states(newest)
    context = {
        "template": template,
        "version": version,
        "preview": preview,
        "versions": list_versions(template, request.user),
        "newest": newest.number,
        "shown": shown,
        "wordings": states,
        "has_easy_read": any(state.key == EASY_READ_KEY for state in states),
        "language_form": LanguageForm(),
        "can_edit": request.user.has_permission(Permission.EDIT_LETTER_TEMPLATES),
        "can_write": request.user.has_permission(Permission.WRITE_LETTERS),
        "write_url": f"{reverse('tenants:letters:run_create')}?template={template.pk}",
    }
    return render(request, "tenants/letters/template_detail.html", context)


def _shown_wording(
    request: HttpRequest, version: LetterTemplateVersion
) -> LetterTemplateVersion | LetterWording:
    """The English, or the translation or easy read that is asked for."""
    key = request.GET.get("wording", "")
    if not key:
        return version
    row = newest_wording(version, key) if is_known_key(key) else None
    if row is None or row.version_id != version.pk:
        raise Http404("This version has no such wording.")
    return row


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def template_create(request: HttpRequest) -> HttpResponse:
    return _edit(request, None)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def template_edit(request: HttpRequest, pk: int) -> HttpResponse:
    return _edit(request, get_object_or_404(LetterTemplate, pk=pk))


def _edit(request: HttpRequest, template: LetterTemplate | None) -> HttpResponse:
    initial = {}
    if template is not None:
        version = current_version(template)
        initial = {
            "name": template.name,
            "purpose": template.purpose,
            "subject": version.subject,
            "body": version.body,
            "begun_from": version.number,
        }
    wants_preview = "preview" in request.POST or "next" in request.POST
    kind = TemplateEditForm if template else TemplateForm
    form = kind(request.POST if request.method == "POST" else None, initial=initial)
    changed_url = ""
    if request.method == "POST" and form.is_valid() and not wants_preview:
        try:
            saved = _save(request, template, form)
        except TemplateChanged as refusal:
            add_refusal(form, refusal)
            changed_url = _to_changes(template, form)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            for warning in form.warnings():
                messages.warning(request, warning)
            return redirect(saved)
    given = request.POST if request.method == "POST" else initial
    context = {
        "form": form,
        "template": template,
        "changed_url": changed_url,
        "groups": GROUPS,
        "preview": preview_of(request, given.get("subject", ""), given.get("body", "")),
        "back_url": (
            template.get_absolute_url()
            if template
            else reverse("tenants:letters:template_list")
        ),
    }
    return render(request, "tenants/letters/template_form.html", context)


def _to_changes(template: LetterTemplate, form: TemplateEditForm) -> str:
    """Where the page shows what somebody else changed; the next save goes over it."""
    newest = current_version(template).number
    form.write_over("begun_from", newest)
    versions = {"from": form.cleaned_data["begun_from"], "to": newest}
    url = reverse("tenants:letters:template_compare", args=[template.pk])
    return f"{url}?{urlencode(versions)}"


def _save(
    request: HttpRequest, template: LetterTemplate | None, form: TemplateForm
) -> LetterTemplate:
    if template is None:
        made = services.create_template(**form.cleaned_data, by=request.user)
        messages.success(request, f"“{made.name}” is ready to use")
        return made
    before = current_version(template).number
    version = services.save_template(
        template=template, **form.cleaned_data, by=request.user
    )
    said = (
        f"Saved as version {version.number}"
        if version.number > before
        else "Saved. The wording is as it was."
    )
    messages.success(request, said)
    return version.template


@require_POST
@permission_required(Permission.VIEW_LETTERS)
def template_preview(request: HttpRequest) -> HttpResponse:
    """The wording as it stands, as part of a page; nothing is saved."""
    preview = _preview_asked(request)
    return render(request, "tenants/letters/_preview.html", {"preview": preview})


@require_POST
@permission_required(Permission.VIEW_LETTERS)
def template_preview_pdf(request: HttpRequest) -> HttpResponse:
    """The wording as it stands, as the letter it would print; nothing is saved."""
    preview = _preview_asked(request)
    if preview.batch is None:
        return _nothing_to_show(request, preview)
    return pdf_response(proofs.preview_pdf(preview.batch), "preview.pdf")


@require_POST
@permission_required(Permission.VIEW_LETTERS)
def template_test_letter(request: HttpRequest) -> HttpResponse:
    """The wording as it stands, e-mailed to whoever asks; nothing is saved."""
    preview = _preview_asked(request)
    if preview.batch is None or preview.household is None:
        return _nothing_to_show(request, preview)
    sent_to = send_test_letter(
        batch=preview.batch, household=preview.household, by=request.user
    )
    return render(
        request,
        "tenants/letters/test_sent.html",
        {"sent_to": sent_to, "household": preview.household},
    )


def _nothing_to_show(request: HttpRequest, preview: Preview) -> HttpResponse:
    said = preview.refusal or "There is no household to show."
    return render(request, "refused.html", {"message": said}, status=409)


def pdf_response(content: bytes, name: str, *, inline: bool = True) -> HttpResponse:
    """Return a PDF to show or to keep."""
    response = HttpResponse(content, content_type="application/pdf")
    kind = "inline" if inline else "attachment"
    response["Content-Disposition"] = f'{kind}; filename="{name}"'
    return response


def _preview_asked(request: HttpRequest) -> Preview:
    """The wording a form holds, in English or as a translation or easy read."""
    given = request.POST
    subject, body = given.get("subject", ""), given.get("body", "")
    key = given.get("wording", "")
    return preview_of(
        request, subject, body, key=key if is_known_key(key) else "", given=given
    )


def preview_of(
    request: HttpRequest,
    subject: str,
    body: str,
    *,
    key: str = "",
    given: Mapping[str, str] | None = None,
    row: LetterWording | None = None,
) -> Preview:
    """A wording with a household the person may see.

    `key` says which translation or easy read the words are, `given` holds its opening
    and close; `row` is one that is kept.
    """
    only = wording_of(row) if row else None
    if key:
        words = given or {}
        only = wording(
            language=ENGLISH.code if key == EASY_READ_KEY else key,
            is_easy_read=key == EASY_READ_KEY,
            subject=subject,
            body=body,
            salutation=words.get("salutation", "")[:100],
            closing=words.get("closing", "")[:100],
        )
    form = PreviewForm(request.POST if request.method == "POST" else request.GET)
    form.is_valid()
    asked = form.cleaned_data
    return preview_for(
        request.user,
        subject=subject,
        body=body,
        household_id=asked.get("household"),
        find=asked.get("find") or "",
        wants_next=bool(asked.get("next")),
        only=only,
    )


@require_POST
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def template_defaults(request: HttpRequest) -> HttpResponse:
    made = services.create_default_templates(by=request.user)
    if made:
        messages.success(request, f"Added: {', '.join(row.name for row in made)}")
    else:
        messages.info(request, "You already have all of them.")
    return redirect("tenants:letters:template_list")


@require_POST
@permission_required(Permission.EDIT_LETTER_TEMPLATES)
def template_archive(request: HttpRequest, pk: int) -> HttpResponse:
    template = get_object_or_404(LetterTemplate, pk=pk)
    archive = request.POST.get("archive") == "1"
    services.set_archived(template=template, is_archived=archive, by=request.user)
    said = "archived" if archive else "in use again"
    messages.success(request, f"“{template.name}” is {said}")
    return redirect(template)
