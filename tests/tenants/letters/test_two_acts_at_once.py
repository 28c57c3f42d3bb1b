"""Any two acts on a run at the same moment: done or refused, and all adds up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import combinations_with_replacement, pairwise, repeat

import pytest
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from housingplus.common.dates import today
from tenants.letters import rules
from tenants.letters.models import RunStatus
from tenants.letters.services import runs, scheduling, sending
from tenants.models import Household, LetterRun
from tests.factories.tenants import CommunicationNeedsFactory
from tests.stress import rounds

from .crew import together

pytestmark = pytest.mark.django_db(transaction=True)

Act = Callable[[Client, LetterRun], int]


def press(name: str, **data: str) -> Act:
    """Press a button of the run's page, or send its form."""

    def act(client: Client, run: LetterRun) -> int:
        url = reverse(f"tenants:letters:{name}", args=[run.pk])
        return client.post(url, data).status_code

    return act


def press_home(name: str, **data: str) -> Act:
    def act(client: Client, run: LetterRun) -> int:
        home = run.homes.order_by("property").first()
        args = [run.pk, home.pk if home else 0]
        return client.post(
            reverse(f"tenants:letters:{name}", args=args), data
        ).status_code

    return act


def approve(client: Client, run: LetterRun) -> int:
    seen = {"seen": rules.seen_mark(LetterRun.objects.get(pk=run.pk))}
    url = reverse("tenants:letters:run_approve", args=[run.pk])
    return client.post(url, seen).status_code


def mark_household(client: Client, run: LetterRun) -> int:
    household = Household.objects.order_by("pk").last()
    url = reverse("tenants:households:do_not_write", args=[household.pk])
    data = {"version": household.version, "reason": "Asked not to be"}
    return client.post(url, data).status_code


def look(client: Client, run: LetterRun) -> int:
    return client.get(run.get_absolute_url()).status_code


def start(client: Client, run: LetterRun) -> int:
    """What cron does when the time has come."""
    scheduling.start_scheduled_runs(timezone.now() + dt.timedelta(days=2))
    return 200


_TODAY = {"day": today().day, "month": today().month, "year": today().year}
_POSTED = {f"posted_on_{part}": str(number) for part, number in _TODAY.items()}
CANCEL = press("run_cancel", reason="Wrong day")
PRODUCE = press("run_produce")
ACTS: dict[str, dict[str, Act]] = {
    "composed": {
        "approve": approve,
        "compose": press("run_recompose"),
        "cancel": CANCEL,
        "leave out": press_home("home_leave_out", reason="Told in person"),
        "put back": press_home("home_put_back"),
        "mark": mark_household,
        "look": look,
    },
    "approved": {
        "produce": PRODUCE,
        "cancel": CANCEL,
        "start": start,
        "call off": press("run_unschedule"),
        "mark": mark_household,
        "look": look,
    },
    "producing": {
        "produce": PRODUCE,
        "pause": press("run_pause"),
        "cancel": CANCEL,
        "mark": mark_household,
        "look": look,
    },
    "produced": {
        "produce": PRODUCE,
        "send": press("run_send"),
        "pause sending": press("run_send_pause"),
        "cancel": CANCEL,
        "mark": mark_household,
        "look": look,
    },
    "sent": {
        "post": press("run_post", **_POSTED),
        "produce": PRODUCE,
        "cancel": CANCEL,
        "mark": mark_household,
        "look": look,
    },
    "paused": {"produce": PRODUCE, "cancel": CANCEL, "look": look},
}
# Where pairs take a run, whoever is first: else the acts would do nothing.
ENDS = {
    "composed": {"composed", "approved", "cancelled"},
    "approved": {"approved", "produced", "cancelled"},
    "producing": {"producing", "paused", "cancelled"},
    "produced": {"produced", "cancelled"},
    # What went cannot be cancelled.
    "sent": {"produced", "posted"},
    "paused": {"paused", "produced", "cancelled"},
}


@pytest.fixture
def taken_to(composed, work, leader, monkeypatch) -> Callable[[str, object], LetterRun]:
    """Make a run of a patch and take it to a status."""

    def take(status: str, patch: object) -> LetterRun:
        run = composed(patch, dated=today())
        if status == "composed":
            return run
        run = runs.approve_run(run=run, by=leader.user)
        if status == "approved":
            at = timezone.now() + dt.timedelta(days=1)
            return scheduling.schedule_run(run=run, at=at, by=leader.user)
        with monkeypatch.context() as waiting:
            waiting.setattr(runs, "_enqueue_produce", lambda run, job: None)
            run = runs.produce_run(run=run, by=leader.user)
        if status in {"produced", "sent"}:
            run = work.produce(run)
            return (
                sending.send_run(run=run, by=leader.user) if status == "sent" else run
            )
        return runs.pause_run(run=run, by=leader.user) if status == "paused" else run

    return take


def problems_of(run: LetterRun) -> list[str]:
    """What is not as the rules say, as sentences."""
    run.refresh_from_db()
    homes = list(
        run.homes.annotate(count=Count("letters")).values_list("is_exception", "count")
    )
    excepted = sum(is_exception for is_exception, _ in homes)
    kept = (run.home_count, run.letter_count, run.exception_count)
    found = (len(homes), run.letters.count(), excepted)
    went = [RunStatus(event.to_status) for event in run.events.order_by("pk")]
    return [
        said
        for said, is_wrong in {
            f"kept {kept}, found {found}": kept != found,
            "a home with neither or both": any(a == (b > 0) for a, b in homes),
            f"went {went}": any(b not in rules.MOVES[a] for a, b in pairwise(went)),
            f"is {run.status}, {went[-1]} by its history": run.status != went[-1],
        }.items()
        if is_wrong
    ]


def every_two(status: str) -> Iterator[tuple[str, str]]:
    for pair in combinations_with_replacement(ACTS[status], 2):
        yield from repeat(pair, rounds(1, 10))


@pytest.mark.parametrize("status", ACTS)
def test_every_two_acts(status, taken_to, add_home, patch, client_for, leader, manager):
    clients = [client_for(leader.user), client_for(manager)]
    for name in ("One", "Two", "Three", "Four"):
        add_home(patch, ("Ms", "Bea", name), postcode="ZK1 1AA")
    CommunicationNeedsFactory(
        household=add_home(patch, ("Mr", "Ali", "Five")).households.get(),
        letter_format="email",
        email="ali@example.org",
    )
    wrong, ends = {}, set()
    for pair in every_two(status):
        Household.objects.update(do_not_write=False, do_not_write_reason="")
        run = taken_to(status, patch)
        acts = iter([(ACTS[status][a], c) for a, c in zip(pair, clients, strict=True)])
        answers: list[int] = []

        def do(acts=acts, answers=answers, run=run) -> None:
            act, client = next(acts)
            answers.append(act(client, run))

        failures = together(2, do)
        found = [*map(repr, failures), *problems_of(run)]
        found += [f"answered {code}" for code in answers if code not in {200, 302}]
        if found:
            wrong[pair] = found
        ends.add(str(run.status))
    assert wrong == {}
    assert ENDS[status] <= ends
