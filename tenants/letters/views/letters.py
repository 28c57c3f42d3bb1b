"""Pages of single letters: those to the households a person may see."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from housingplus.common.csv_export import csv_response
from housingplus.common.permissions import Permission
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from tenants.letters import permissions, presenters, rules
from tenants.letters.filters import LetterFilter
from tenants.letters.models import Letter, LetterRun
from tenants.letters.selectors.content import content_of
from tenants.letters.selectors.returns import count_to_check
from tenants.letters.selectors.runs import list_letters
from tenants.letters.selectors.senders import Senders
from tenants.letters.services import single
from tenants.letters.typesetting import lines_below_name

from .templates import pdf_response

LETTER_COLUMNS = {
    # A reference is made of run and sequence: this order is an index.
    "reference": ("run", "sequence"),
    "name": ("addressee", "reference"),
    "patch": ("patch__code", "reference"),
    "dated": ("run__dated", "run", "sequence"),
    "status": ("run__status", "run", "sequence"),
}

_CSV_HEADER = [
    "Reference",
    "Name",
    "Address",
    "Patch",
    "Date",
    "Run",
    "Status",
    "By",
    "Copy",
]


def _get_letter(request: HttpRequest, pk: int) -> Letter:
    letters = Letter.objects.visible_to(request.user).select_related(
        "run__template_version__template",
        "home__property",
        "patch",
        "wording",
        "household",
        "chunk__pack",
        "returned",
    )
    return get_object_or_404(letters, pk=pk)


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def letter_list(request: HttpRequest) -> HttpResponse:
    chosen = sorting(request, LETTER_COLUMNS, default="-reference")
    filtered = LetterFilter(request.GET, queryset=list_letters(request.user))
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return csv_response(
            "letters.csv",
            _CSV_HEADER,
            (
                (
                    letter.reference,
                    letter.addressee,
                    ", ".join(lines_below_name(letter.address_lines, letter.addressee)),
                    letter.patch.code,
                    letter.run.dated,
                    letter.run.title,
                    letter.run.get_status_display(),
                    letter.get_channel_display(),
                    "Yes" if letter.is_copy else "No",
                )
                for letter in rows.iterator(chunk_size=500)
            ),
        )
    context = {
        "page_obj": Paginator(rows, 50).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "to_check_count": count_to_check(request.user),
        "can_write": request.user.has_permission(Permission.WRITE_LETTERS),
    }
    return render(request, "tenants/letters/letter_list.html", context)


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def letter_detail(request: HttpRequest, pk: int) -> HttpResponse:
    letter = _get_letter(request, pk)
    senders = Senders.from_json(letter.run.senders)
    same = Letter.objects.visible_to(request.user).filter(
        home=letter.home_id, tenancy=letter.tenancy_id
    )
    context = {
        "letter": letter,
        "other": same.exclude(is_copy=letter.is_copy).only("reference").first(),
        "run": letter.run,
        "paper": None if letter.run.erased_on else content_of(letter.run, letter),
        "may_look_otherwise": not letter.run.erased_on
        and single.may_look_otherwise(letter),
        "kept_until": rules.kept_until(letter.run),
        "letterhead": senders.letterheads.get(str(letter.landlord_id)),
        "officer": senders.officers.get(str(letter.patch_id)),
        "can_see_run": LetterRun.objects.visible_to(request.user)
        .filter(pk=letter.run_id)
        .exists(),
        "status_colour": presenters.tag_colour(letter.run.status),
        "record_url": f"{reverse('tenants:letters:return_record')}?letter={letter.pk}",
        "can_record": permissions.can_record_returns(request.user),
    }
    return render(request, "tenants/letters/letter_detail.html", context)


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def letter_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """One letter as its household got it."""
    letter = _get_letter(request, pk)
    rules.check_still_kept(letter.run)
    return pdf_response(single.letter_pdf(letter), f"{letter.reference}.pdf")
