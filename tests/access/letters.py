"""What each role gets at the pages of letters."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from housingplus.jobs.services import run_job
from tenants.letters.services import runs
from tenants.letters.services.composing import compose
from tenants.letters.services.mail_files import write_mail_file
from tenants.letters.services.production import produce
from tenants.models import Letter, LetterDelivery, LetterRun, ReturnedLetter

from . import INSIDE, INSIDE_LEADERS, LEADERS, OFFICERS, WHOLE_SERVICE, Row, World, to

_OUTSIDE = {"other_leader": 404}
_RUN = to(INSIDE_LEADERS, **_OUTSIDE)
_ACT = to(INSIDE_LEADERS, status=302, **_OUTSIDE)


def _composed(world: World) -> LetterRun:
    run = LetterRun.objects.get(pk=world.run.pk)
    if run.compose_job is None:
        LetterRun.objects.filter(pk=run.pk).update(status="composed")
        run = runs.recompose_run(run=run, by=world.users["leader"])
        run_job(run.compose_job_id, partial(compose, run.pk))
    return LetterRun.objects.get(pk=run.pk)


def _approved(world: World) -> LetterRun:
    run = _composed(world)
    if run.status == "composed":
        runs.approve_run(run=run, by=world.users["leader"])
    return LetterRun.objects.get(pk=run.pk)


def _produced(world: World) -> LetterRun:
    run = _approved(world)
    if run.status == "approved":
        run = runs.produce_run(run=run, by=world.users["leader"])
        run_job(run.produce_job_id, partial(produce, run.pk))
    return LetterRun.objects.get(pk=run.pk)


def _for_mail_house(world: World) -> LetterRun:
    run = _produced(world)
    if not run.mail_file:
        run.way_out = "mail_house"
        run.mail_file = write_mail_file(run)
        run.save(update_fields=["way_out", "mail_file"])
    return run


def _run(world: World) -> list[Any]:
    return [_composed(world).pk]


def _home(world: World) -> list[Any]:
    run = _composed(world)
    return [run.pk, run.homes.filter(is_exception=False).first().pk]


def _letter(world: World) -> list[Any]:
    return [Letter.objects.get(run=_composed(world)).pk]


def _returned(world: World) -> list[Any]:
    letter = Letter.objects.get(run=_composed(world))
    returned, _ = ReturnedLetter.objects.get_or_create(
        letter=letter,
        defaults={
            "reason": "gone_away",
            "came_back_on": dt.date(2026, 3, 9),
            "recorded_by": world.users["leader"],
        },
    )
    return [returned.pk]


def _delivery(world: World) -> list[Any]:
    letter = Letter.objects.get(run=_produced(world))
    delivery, _ = LetterDelivery.objects.get_or_create(
        letter=letter,
        defaults={"run": letter.run, "service": "notify", "status": "failed"},
    )
    return [delivery.pk]


def _template(world: World) -> list[Any]:
    return [world.template.pk]


def _translated(world: World) -> list[Any]:
    version = world.template.versions.latest("number")
    version.wordings.get_or_create(
        language="ur",
        defaults={"subject": "آپ کے افسر", "body": "((officer name))"},
    )
    return [world.template.pk, "ur"]


_WORDING = {"subject": "Hello", "body": "Your officer is ((officer name))."}

ROWS = [
    Row(
        "tenants:letters:run_list",
        get=to(LEADERS, officer=302, other_officer=302),
    ),
    Row(
        "tenants:letters:run_list",
        case="CSV",
        query="format=csv",
        get=to(LEADERS, officer=302, other_officer=302),
    ),
    Row("tenants:letters:run_create", get=to(LEADERS)),
    Row(
        "tenants:letters:run_form",
        args=lambda world: ["patches"],
        get=to(LEADERS),
        post=to(LEADERS),
    ),
    Row(
        "tenants:letters:run_form",
        case="all homes",
        args=lambda world: ["all"],
        get=to(WHOLE_SERVICE, leader=404, other_leader=404),
        post=to(WHOLE_SERVICE, leader=404, other_leader=404),
    ),
    Row("tenants:letters:run_detail", args=_run, get=_RUN),
    Row("tenants:letters:run_homes", args=_run, get=_RUN),
    Row(
        "tenants:letters:run_homes",
        case="CSV",
        args=_run,
        query="format=csv",
        get=_RUN,
    ),
    Row(
        "tenants:letters:run_progress",
        args=_run,
        get=to(INSIDE_LEADERS, status=302, **_OUTSIDE),
    ),
    Row("tenants:letters:run_sample", args=_run, get=_RUN),
    Row("tenants:letters:run_proof", args=_run, get=_RUN),
    Row("tenants:letters:run_approve", args=_run, get=_RUN, post=_ACT),
    Row(
        "tenants:letters:run_produce",
        args=lambda world: [_approved(world).pk],
        post=_ACT,
    ),
    Row(
        "tenants:letters:run_pause", args=lambda world: [_approved(world).pk], post=_ACT
    ),
    Row("tenants:letters:run_recompose", args=_run, post=_ACT),
    Row("tenants:letters:run_cancel", args=_run, get=_RUN, post=_RUN),
    Row(
        "tenants:letters:run_post",
        args=lambda world: [_produced(world).pk],
        get=_RUN,
        post=_RUN,
    ),
    Row(
        "tenants:letters:run_pack",
        args=lambda world: [_produced(world).pk, 1],
        get=_RUN,
    ),
    Row(
        "tenants:letters:run_ledger", args=lambda world: [_produced(world).pk], get=_RUN
    ),
    Row(
        "tenants:letters:run_mail_file",
        args=lambda world: [_for_mail_house(world).pk],
        get=_RUN,
    ),
    Row("tenants:letters:run_dismiss", args=_run, get=_RUN, post=_RUN),
    Row(
        "tenants:letters:run_schedule",
        args=lambda world: [_approved(world).pk],
        get=_RUN,
        post=_RUN,
    ),
    Row(
        "tenants:letters:run_unschedule",
        args=lambda world: [_approved(world).pk],
        post=_ACT,
    ),
    Row("tenants:letters:run_test_letters", args=_run, post=_ACT),
    Row("tenants:letters:run_edit", args=_run, get=_RUN, post=_RUN),
    Row("tenants:letters:home_leave_out", args=_home, get=_RUN, post=_RUN),
    Row("tenants:letters:home_put_back", args=_home, post=_ACT),
    Row("tenants:letters:run_send", args=_run, get=_RUN, post=_ACT),
    Row("tenants:letters:run_send_pause", args=_run, post=_ACT),
    Row("tenants:letters:run_retry", args=_run, post=_ACT),
    Row("tenants:letters:run_give_up", args=_run, get=_RUN, post=_RUN),
    Row("tenants:letters:run_poll", args=_run, post=_ACT),
    Row("tenants:letters:run_deliveries", args=_run, get=_RUN),
    Row(
        "tenants:letters:run_deliveries",
        case="CSV",
        args=_run,
        query="format=csv",
        get=_RUN,
    ),
    Row("tenants:letters:delivery_decide", args=_delivery, post=_ACT),
    Row("tenants:letters:coverage", get=to([*LEADERS, "analyst"])),
    Row("tenants:letters:coverage_homes", get=to(LEADERS)),
    Row("tenants:letters:coverage_proof", get=to(LEADERS)),
    Row("tenants:letters:due", get=to(LEADERS)),
    Row("tenants:letters:due_prepare", post=to(LEADERS, status=302)),
    Row("tenants:letters:letter_list", get=to(OFFICERS)),
    Row(
        "tenants:letters:letter_list",
        case="CSV",
        query="format=csv",
        get=to(OFFICERS),
    ),
    Row(
        "tenants:letters:letter_detail",
        args=_letter,
        get=to(INSIDE, other_officer=404, **_OUTSIDE),
    ),
    Row(
        "tenants:letters:letter_pdf",
        args=_letter,
        get=to(INSIDE, other_officer=404, **_OUTSIDE),
    ),
    Row("tenants:letters:return_list", get=to(OFFICERS)),
    Row("tenants:letters:return_record", get=to(OFFICERS), post=to(OFFICERS)),
    Row("tenants:letters:return_upload", get=to(OFFICERS), post=to(OFFICERS)),
    Row("tenants:letters:return_rates", get=to(OFFICERS)),
    Row(
        "tenants:letters:return_check",
        args=_returned,
        get=to(INSIDE, other_officer=404, **_OUTSIDE),
        post=to(INSIDE, other_officer=404, **_OUTSIDE),
    ),
    Row("tenants:letters:template_list", get=to(OFFICERS)),
    Row(
        "tenants:letters:template_list",
        case="CSV",
        query="format=csv",
        get=to(OFFICERS),
    ),
    Row("tenants:letters:template_detail", args=_template, get=to(OFFICERS)),
    Row("tenants:letters:template_compare", args=_template, get=to(OFFICERS)),
    Row(
        "tenants:letters:template_create",
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "tenants:letters:template_edit",
        args=_template,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "tenants:letters:wording_choose",
        args=_template,
        get=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "tenants:letters:wording_edit",
        args=lambda world: [world.template.pk, "pl"],
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "tenants:letters:wording_edit",
        case="easy read",
        args=lambda world: [world.template.pk, "easy-read"],
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row(
        "tenants:letters:wording_check",
        args=_translated,
        get=to(WHOLE_SERVICE),
        post=to(WHOLE_SERVICE),
    ),
    Row("tenants:letters:template_defaults", post=to(WHOLE_SERVICE, status=302)),
    Row(
        "tenants:letters:template_archive",
        args=_template,
        post=to(WHOLE_SERVICE, status=302),
    ),
    Row(
        "tenants:letters:template_preview",
        post=to(OFFICERS),
        data=lambda world: _WORDING,
    ),
    Row(
        "tenants:letters:template_preview_pdf",
        post=to(OFFICERS),
        data=lambda world: _WORDING,
    ),
    Row(
        "tenants:letters:template_test_letter",
        post=to(OFFICERS),
        data=lambda world: _WORDING,
    ),
]
