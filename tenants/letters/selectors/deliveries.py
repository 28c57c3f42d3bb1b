"""What of a run is sent letter by letter, and how far that is."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Count, Q, QuerySet

from tenants.letters.models import (
    Channel,
    DeliveryService,
    DeliveryStatus,
    Letter,
    LetterDelivery,
    LetterRun,
    WayOut,
)


@dataclass(frozen=True)
class Sending:
    """Letters of a run to be sent, by where they stand."""

    total: int = 0
    statuses: dict[str, int] = field(default_factory=dict)
    given_up: int = 0

    @property
    def sent(self) -> int:
        return self.statuses.get("accepted", 0) + self.statuses.get("delivered", 0)

    @property
    def accepted(self) -> int:
        """Sent, and not known to have arrived."""
        return self.statuses.get("accepted", 0)

    @property
    def all_failed(self) -> int:
        return self.statuses.get("failed", 0)

    @property
    def delivered(self) -> int:
        return self.statuses.get("delivered", 0)

    @property
    def failed(self) -> int:
        """Failed, and nobody has given up yet."""
        return self.statuses.get("failed", 0) - self.given_up

    @property
    def unknown(self) -> int:
        return self.statuses.get("unknown", 0)

    @property
    def undecided(self) -> int:
        """Those of which a person may say what becomes of them."""
        return self.failed + self.unknown

    @property
    def to_send(self) -> int:
        return self.total - self.sent - self.failed - self.unknown - self.given_up

    @property
    def left(self) -> int:
        """Those that keep the run from being posted."""
        return self.total - self.sent - self.given_up

    @property
    def is_begun(self) -> bool:
        return bool(self.statuses)


def letters_to_send(run: LetterRun) -> QuerySet[Letter]:
    """Letters of a run that are sent one by one; the rest are printed."""
    channels = Q(channel=Channel.EMAIL)
    if run.way_out == WayOut.NOTIFY:
        channels |= Q(channel=Channel.POST)
    return run.letters.filter(channels)


def service_of(letter: Letter) -> DeliveryService:
    """By what a letter of `letters_to_send` is sent."""
    if letter.channel == Channel.EMAIL:
        return DeliveryService.EMAIL
    return DeliveryService.NOTIFY


def count_sending(run: LetterRun) -> Sending:
    """Return how far the sending of a run is; two queries."""
    rows = (
        run.deliveries.order_by()
        .values_list("status")
        .annotate(
            total=Count("pk"),
            given_up=Count("pk", filter=Q(given_up_at__isnull=False)),
        )
    )
    counts = list(rows)
    return Sending(
        total=letters_to_send(run).count(),
        statuses={status: total for status, total, _ in counts},
        given_up=sum(given_up for *_, given_up in counts),
    )


def list_deliveries(run: LetterRun) -> QuerySet[LetterDelivery]:
    """Deliveries of a run, with what their list shows."""
    return run.deliveries.select_related(
        "letter__home__property", "letter__patch", "given_up_by"
    ).defer("letter__values")


def is_open(run: LetterRun) -> bool:
    """Whether anything of a run waits to be sent, or is being sent."""
    return run.deliveries.filter(
        status__in=[DeliveryStatus.WAITING, DeliveryStatus.SENDING]
    ).exists()
