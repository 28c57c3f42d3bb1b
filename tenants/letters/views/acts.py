"""Acts on a letter run, and what can be downloaded of it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from housingplus.common.counting import plural
from housingplus.common.errors import Refusal
from housingplus.common.numbers import whole_number
from housingplus.common.permissions import Permission
from housingplus.common.refusals import add_refusal
from housingplus.common.views import permission_required
from tenants.letters import permissions, rules
from tenants.letters.errors import NothingToSend
from tenants.letters.forms import CancelForm, DismissForm, PostedForm
from tenants.letters.models import Channel, LetterRun, RunStatus
from tenants.letters.selectors import runs as selectors
from tenants.letters.selectors.samples import sample_of
from tenants.letters.services import files, mail_files, proofs
from tenants.letters.services import runs as services
from tenants.letters.services.due import dismiss_run
from tenants.letters.services.trials import send_test_of_run

from .runs import get_run
from .templates import pdf_response


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_approve(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    if request.method == "POST":
        try:
            seen = request.POST.get("seen", "")
            services.approve_run(run=run, by=request.user, seen=seen)
        except Refusal as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Approved. You can now produce the letters.")
        return redirect(run)
    if not rules.can_move(run, RunStatus.APPROVED):
        return redirect(run)
    context = {
        "run": run,
        "seen": rules.seen_mark(run),
        "reasons": selectors.count_reasons(
            run, names_marks=permissions.can_read_marks(request.user, run)
        ),
        "page_counts": selectors.count_pages(run),
        "can_see_people": permissions.can_see_people(request.user, run),
        "copy_count": selectors.count_copies(run),
        "channels": selectors.count_channels(run),
        "marked_count": selectors.count_marked_since(run),
        "changed_count": selectors.count_changed_since(run),
        "lately_count": selectors.count_written_to_lately(run),
        "home_with_letter_count": run.home_count - run.exception_count,
        "back_url": run.get_absolute_url(),
    }
    return render(request, "tenants/letters/run_approve.html", context)


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_produce(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    return _done(request, run, lambda: services.produce_run(run=run, by=request.user))


@require_POST
@permission_required(Permission.APPROVE_LETTERS)
def run_pause(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop producing for now; "produce" goes on with it."""
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    return _done(request, run, lambda: services.pause_run(run=run, by=request.user))


@require_POST
@permission_required(Permission.WRITE_LETTERS)
def run_recompose(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    permissions.check_can_change(request.user, run)
    return _done(request, run, lambda: services.recompose_run(run=run, by=request.user))


def _done(request: HttpRequest, run: LetterRun, act) -> HttpResponse:  # type: ignore[no-untyped-def]
    try:
        act()
    except Refusal as refusal:
        messages.error(request, refusal.message)
    return redirect(run)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.WRITE_LETTERS)
def run_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    run = get_run(request, pk)
    permissions.check_can_change(request.user, run)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.cancel_run(run=run, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"“{run.title}” is cancelled")
            return redirect(run)
    context = {"form": form, "run": run, "back_url": run.get_absolute_url()}
    return render(request, "tenants/letters/run_cancel.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide that letters due are not needed; the homes become exceptions."""
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    form = DismissForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            dismiss_run(run=run, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, f"“{run.title}” is dismissed")
            return redirect(run)
    context = {"form": form, "run": run, "back_url": run.get_absolute_url()}
    return render(request, "tenants/letters/run_dismiss.html", context)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.APPROVE_LETTERS)
def run_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the day the letters were posted: the end of a run."""
    run = get_run(request, pk)
    permissions.check_can_approve(request.user, run)
    form = PostedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.mark_posted(run=run, by=request.user, **form.cleaned_data)
        except Refusal as refusal:
            add_refusal(form, refusal)
        else:
            posted = plural(run.letter_count, "letter is", "letters are")
            messages.success(request, f"{posted} posted")
            return redirect(run)
    context = {"form": form, "run": run, "back_url": run.get_absolute_url()}
    return render(request, "tenants/letters/run_post.html", context)


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_sample(request: HttpRequest, pk: int) -> HttpResponse:
    """A few letters that show the most: a proof to look at first."""
    run = _run_with_people(request, pk)
    content = proofs.proof_pdf(run, sample_of(run))
    return pdf_response(content, f"sample-{run.pk}.pdf")


@require_POST
@permission_required(Permission.WRITE_LETTERS)
def run_test_letters(request: HttpRequest, pk: int) -> HttpResponse:
    """E-mail the sample, marked TEST, to whoever asks."""
    run = _run_with_people(request, pk)
    try:
        sent_to = send_test_of_run(run=run, by=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"The sample was sent to you at {sent_to}")
    return redirect(run)


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Every letter, or those of one patch, as they will print, marked PROOF."""
    run = _run_with_people(request, pk)
    letters = run.letters.order_by("sequence")
    if (patch_id := whole_number(request.GET.get("patch"))) is not None:
        letters = letters.filter(patch=patch_id)
    found = list(letters[: proofs.MOST_IN_A_PROOF + 1])
    if len(found) > proofs.MOST_IN_A_PROOF:
        raise NothingToSend(
            f"A proof holds up to {proofs.MOST_IN_A_PROOF} letters. "
            "Ask for the proof of one patch at a time."
        )
    return pdf_response(proofs.proof_pdf(run, found), f"proof-{run.pk}.pdf")


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_pack(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A print-ready pack, never with a letter that must not be sent."""
    run = _run_with_people(request, pk)
    pack = get_object_or_404(selectors.list_packs(run), number=number)
    if run.status == RunStatus.PRODUCED:
        rules.check_nobody_marked_since(run)
    called = f"{_name(run)}-pack-{pack.number:03d}"
    if pack.title:
        called += f"-{slugify(pack.title)[:60]}"
    if pack.channel == Channel.SUPPLIER:
        return _download(pack.file, f"{called}-supplier.zip", "application/zip")
    return _download(pack.file, f"{called}.pdf", "application/pdf")


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    run = _run_with_people(request, pk)
    if run.status == RunStatus.PRODUCED:
        rules.check_nobody_marked_since(run)
    return _download(run.ledger_file, f"{_name(run)}-ledger.csv", "text/csv")


@require_GET
@permission_required(Permission.WRITE_LETTERS)
def run_mail_file(request: HttpRequest, pk: int) -> HttpResponse:
    """What a mail house is given; who took it is kept."""
    run = _run_with_people(request, pk)
    if run.status == RunStatus.PRODUCED:
        rules.check_nobody_marked_since(run)
    response = _download(
        run.mail_file, f"{_name(run)}-mail-house.zip", "application/zip"
    )
    mail_files.record_download(run=run, by=request.user)
    return response


def _run_with_people(request: HttpRequest, pk: int) -> LetterRun:
    run = get_run(request, pk)
    permissions.check_can_see_people(request.user, run)
    rules.check_still_kept(run)
    return run


def _name(run: LetterRun) -> str:
    return f"letters-{run.pk}-{slugify(run.title)[:60] or 'run'}"


def _download(name: str, as_name: str, kind: str) -> StreamingHttpResponse:
    size = files.size_of(name)
    response = StreamingHttpResponse(files.blocks_of(name), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{as_name}"'
    response["Content-Length"] = size
    return response
