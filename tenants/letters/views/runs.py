"""Pages of letter runs: list, making one, its page and its homes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from housingplus.common.csv_export import csv_response
from housingplus.common.errors import Refusal
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import check_permission, permission_required
from housingplus.govuk.lists import sorting
from housingplus.govuk.progress import progress_response
from tenants.letters import permissions, presenters, rules
from tenants.letters.filters import RunFilter, RunHomeFilter
from tenants.letters.forms import RunForm, ScopeKindForm
from tenants.letters.models import LetterRun, RunStatus, ScopeKind
from tenants.letters.reasons import reason_label
from tenants.letters.selectors import runs as selectors
from tenants.letters.selectors.deliveries import count_sending
from tenants.letters.selectors.due import count_due_since, who_and_why
from tenants.letters.selectors.returns import count_returns_of_run, count_to_check
from tenants.letters.selectors.scope import scope_kinds, scope_names
from tenants.letters.selectors.wordings import count_wordings
from tenants.letters.services import runs as services
from tenants.letters.services.proofs import MOST_IN_A_PROOF

RUN_COLUMNS = {
    "title": "title",
    "status": ("status", "-created_at"),
    "dated": ("dated", "created_at"),
    "homes": ("home_count", "title"),
    "letters": ("letter_count", "title"),
    "exceptions": ("exception_count", "title"),
    "created": "created_at",
}
HOME_COLUMNS = {
    "address": ("property__street_key", "property__walk_key"),
    "patch": ("patch__code", "property__street_key", "property__walk_key"),
    "outcome": ("is_exception", "reason", "property__street_key"),
}


def get_run(request: HttpRequest, pk: int) -> LetterRun:
    """Return a run the person may see, with what every page of it needs."""
    runs = LetterRun.objects.visible_to(request.user).select_related(
        "template_version__template",
        "created_by",
        "approved_by",
        "posted_by",
        "scheduled_by",
        "compose_job",
        "produce_job",
        "send_job",
    )
    return get_object_or_404(runs, pk=pk)


@require_GET
@permission_required(Permission.VIEW_LETTERS)
def run_list(request: HttpRequest) -> HttpResponse:
    """Runs; who prepares none is shown the letters to their households instead."""
    if not request.user.has_permission(Permission.WRITE_LETTERS):
        return redirect("tenants:letters:letter_list")
    chosen = sorting(request, RUN_COLUMNS, default="-created")
    filtered = RunFilter(
        request.GET, queryset=selectors.list_runs(request.user), request=request
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return _runs_as_csv(rows)
    context = {
        "page_obj": Paginator(rows, 25).get_page(request.GET.get("page")),
        "filter": filtered,
        "sorting": chosen,
        "to_check_count": count_to_check(request.user),
        "to_approve": selectors.list_runs_to_approve(request.user).count(),
    }
    return render(request, "tenants/letters/run_list.html", context)


def _runs_as_csv(rows):  # type: ignore[no-untyped-def]
    return csv_response(
        "letter-runs.csv",
        ["Name", "Template", "Date", "Status", "Homes", "Letters", "Exceptions"],
        (
            (
                run.title,
                run.template_version.template.name,
                run.dated,
                run.get_status_display(),
                run.home_count,
                run.letter_count,
                run.exception_count,
            )
            for run in rows.iterator(chunk_size=500)
        ),
    )


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_create(request: HttpRequest) -> HttpResponse:
    """The first question, whom to write to; the answer leads to the next page."""
    kinds = scope_kinds(request.user)
    for kind, name in (("patches", "patch"), ("wards", "ward"), ("tara", "tara")):
        if name in request.GET:
            return _to_form(kind, {"scope": request.GET.getlist(name)}, request)
    answered = "kind" in request.GET or "continue" in request.GET
    form = ScopeKindForm(request.GET if answered else None, kinds=kinds)
    if form.is_valid():
        return _to_form(form.cleaned_data["kind"], {}, request)
    context = {
        "form": form,
        "kinds": kinds,
        "kept": _kept(request),
        "back_url": reverse("tenants:letters:run_list"),
    }
    return render(request, "tenants/letters/run_kind.html", context)


def _to_form(kind: str, chosen: dict[str, list[str]], request: HttpRequest):  # type: ignore[no-untyped-def]
    query = chosen | {name: [value] for name, value in _kept(request).items()}
    url = reverse("tenants:letters:run_form", args=[kind])
    return redirect(f"{url}?{urlencode(query, doseq=True)}" if query else url)


def _kept(request: HttpRequest) -> dict[str, str]:
    """What a link chose already, for the page with the rest of the questions."""
    names = ("template", "changed_since", "dated")
    return {name: request.GET[name] for name in names if request.GET.get(name)}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WRITE_LETTERS)
def run_form(request: HttpRequest, kind: str) -> HttpResponse:
    """The rest of a run: which homes, which wording, which day."""
    if kind not in scope_kinds(request.user):
        raise Http404("There is nothing of that kind for you to write to.")
    initial = {key: request.GET[key] for key in request.GET if key != "scope"}
    if scope := request.GET.getlist("scope"):
        initial["scope"] = scope
    form = RunForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        user=request.user,
        kind=kind,
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_create(request, form))
        except Refusal as refusal:
            add_refusal(form, refusal)
    context = {
        "form": form,
        "heading": presenters.RUN_HEADINGS[ScopeKind(kind)],
        "back_url": reverse("tenants:letters:run_create"),
        "has_templates": form.fields["template"].queryset.exists(),
    }
    return render(request, "tenants/letters/run_form.html", context)


def _create(request: HttpRequest, form: RunForm) -> LetterRun:
    given = form.cleaned_data
    template = given["template"]
    scope = list(given.get("scope") or [])
    names = [str(row) for row in scope] or scope_names(ScopeKind.ALL, [])
    return services.create_run(
        template_version=selectors.current_version(template),
        title=given["title"] or presenters.default_title(template, names),
        dated=given["dated"],
        scope_kind=form.kind,
        scope_ids=[row.pk for row in scope],
        changed_since=given["changed_since"],
        envelope=given["envelope"],
        is_double_sided=given["is_double_sided"],
        split=given["split"],
        email_letters=given["email_letters"],
        way_out=given["way_out"],
        postage=given["postage"],
        has_code=given["has_code"],
        has_fold_marks=given["has_fold_marks"],
        is_bilingual=given["is_bilingual"],
        token=given["token"],
        by=request.user,
    )


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_detail(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    user = request.user
    names = scope_names(run.scope_kind, run.scope_ids)
    can_approve = permissions.can_approve(user, run)
    came_back_count = count_returns_of_run(user, run)
    sending = count_sending(run)
    context = {
        "run": run,
        "job": rules.job_of(run),
        "at_work": rules.is_at_work(run),
        "has_stopped": rules.has_stopped(run),
        "scope": presenters.scope_sentence(run, names),
        "schedule_is_late": rules.is_schedule_late(run),
        "reasons": selectors.count_reasons(
            run, names_marks=permissions.can_read_marks(user, run)
        ),
        "page_counts": selectors.count_pages(run),
        "channels": selectors.count_channels(run),
        "copy_count": selectors.count_copies(run),
        "sending": sending,
        "send_button": presenters.send_button(run, sending.to_send),
        "is_sending": rules.is_sending(run),
        "home_with_letter_count": run.home_count - run.exception_count,
        "wordings": count_wordings(run),
        "marked_count": selectors.count_marked_since(run),
        "changed_count": selectors.count_changed_since(run),
        "packs": presenters.pack_rows(
            selectors.list_packs(run), selectors.sheets_in_packs(run)
        ),
        "came_back": presenters.letters_said(came_back_count),
        "kept_until": rules.kept_until(run),
        "came_back_url": f"{reverse('tenants:letters:return_list')}?run={run.pk}",
        "events": presenters.events_as_timeline(run),
        "can_approve": can_approve,
        "can_change": permissions.can_change(user, run),
        "can_see_people": permissions.can_see_people(user, run),
        "can_pause": can_approve and rules.can_move(run, RunStatus.PAUSED),
        "can_cancel": rules.MOVES[run.status] and run.status != "posted",
        "can_edit": rules.can_edit(run),
        "who_and_why": who_and_why(run),
        "since": count_due_since(run),
        "can_dismiss": can_approve and rules.can_dismiss(run),
        "may_print_all": run.letter_count <= MOST_IN_A_PROOF,
        "proof_patches": (
            [] if run.letter_count <= MOST_IN_A_PROOF else selectors.patches_of_run(run)
        ),
        "progress_url": reverse("tenants:letters:run_progress", args=[run.pk]),
        "status_colour": presenters.tag_colour(run.status),
        "wards": run.wards.defer("boundary").order_by("name"),
    }
    return render(request, "tenants/letters/run_detail.html", context)


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_progress(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    job = rules.job_of(run)
    if rules.is_sending(run):
        job = run.send_job
    elif job is None or not rules.is_at_work(run):
        job = run.produce_job or run.compose_job
    if job is None:
        return redirect(run)
    return progress_response(
        request, job, url=request.path, finished_url=run.get_absolute_url()
    )


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_homes(request: HttpRequest, pk: int) -> HttpResponse:
    """The homes behind each number of a run."""
    run = get_run(request, pk)
    permissions.check_can_see_people(request.user, run)
    chosen = sorting(request, HOME_COLUMNS, default="address")
    names_marks = permissions.can_read_marks(request.user, run)
    filtered = RunHomeFilter(
        request.GET,
        queryset=selectors.list_run_homes(run),
        run=run,
        names_marks=names_marks,
    )
    rows = filtered.qs.order_by(*chosen.order_by)
    if request.GET.get("format") == "csv":
        check_permission(request, Permission.EXPORT_LISTS)
        return _homes_as_csv(run, rows, names_marks=names_marks)
    page_obj = Paginator(rows, 50).get_page(request.GET.get("page"))
    for home in page_obj:
        home.reason_said = reason_label(home.reason, names_marks=names_marks)
    context = {
        "run": run,
        "page_obj": page_obj,
        "filter": filtered,
        "sorting": chosen,
        "can_edit": rules.can_edit(run) and permissions.can_change(request.user, run),
    }
    return render(request, "tenants/letters/run_homes.html", context)


def _homes_as_csv(run: LetterRun, rows, *, names_marks: bool):  # type: ignore[no-untyped-def]
    return csv_response(
        f"letter-run-{run.pk}-homes.csv",
        [
            "UPRN",
            "Address",
            "Patch",
            "Outcome",
            "Reason",
            "Detail",
            "Letters",
            "To",
            "By",
            "Copies for representatives",
            "Why",
            "Who answers",
        ],
        (
            (
                home.property.uprn,
                home.property.one_line,
                home.patch.code if home.patch else "",
                "Exception" if home.is_exception else "Letter",
                reason_label(home.reason, names_marks=names_marks),
                home.detail,
                "; ".join(letter.reference for letter in home.letters.all()),
                "; ".join(letter.addressee for letter in home.letters.all()),
                "; ".join(
                    letter.get_channel_display() for letter in home.letters.all()
                ),
                "; ".join(x.reference for x in home.letters.all() if x.is_copy),
                home.get_cause_display(),
                "; ".join({letter.who_answers for letter in home.letters.all()}),
            )
            for home in rows.iterator(chunk_size=500)
        ),
    )
