"""Reads of letter runs and letters, never beyond what a person may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models.functions import Coalesce

from housingplus.common.permissions import Permission
from officers.assignments.scope import homes_with_visible_people, wards_run_by
from tenants.households.querysets import not_written_to

if TYPE_CHECKING:
    from officers.accounts.models import User


# Statuses of a delivery after which a letter cannot be taken back.
GONE = ("sending", "accepted", "delivered", "unknown")


def letter_has_gone(home: str = "pk") -> models.Exists:
    """Whether a letter to the household of a run's home cannot be taken back.

    `home` is where the query has the home. A copy that went tells the household
    nothing: its own letter can still be stopped.
    """
    from tenants.letters.models import LetterDelivery

    return models.Exists(
        LetterDelivery.objects.filter(
            letter__home=models.OuterRef(home), letter__is_copy=False, status__in=GONE
        )
    )


def to_marked_household() -> models.Q:
    """Letters, and their copies, to households not to be written to by now.

    Not where the household has had one: it can be an exception no more.
    """
    return not_written_to("household__") & models.Q(~letter_has_gone("home"))


def to_changed_household() -> models.Q:
    """Letters to households that left before the day of the run, or want letters at
    another correspondence or e-mail address by now.

    Not where the household has had one: it can be an exception no more.
    """
    from tenants.households.models import CommunicationNeeds, LetterFormat

    wants_email_there = CommunicationNeeds.objects.filter(
        household=models.OuterRef("household"),
        letter_format=LetterFormat.EMAIL,
        email=models.OuterRef("email"),
    )
    has_left = models.Q(household__ends_on__lt=models.F("run__dated"))
    by_email = models.Q(channel="email")
    elsewhere = by_email & ~models.Exists(wants_email_there) | ~by_email & ~models.Q(
        household__correspondence_address=models.F("written_to")
    )
    return models.Q(is_copy=False) & (has_left | elsewhere) & ~letter_has_gone("home")


def copy_not_to_go() -> models.Q:
    """Copies still here that nobody is to have: their household is not written to by
    now, or asks for copies no more, or for copies to somebody else.
    """
    from tenants.households.models import CommunicationNeeds

    wanted = CommunicationNeeds.objects.filter(
        household=models.OuterRef("household"),
        copy_to_representative=True,
        representative_name=models.OuterRef("addressee"),
    )
    is_unwanted = not_written_to("household__") | ~models.Exists(wanted)
    return models.Q(is_copy=True) & is_unwanted & ~_has_gone()


def copy_to_go_elsewhere() -> models.Q:
    """Copies still here to an address that is not the representative's any more."""
    from tenants.households.models import CommunicationNeeds

    there = CommunicationNeeds.objects.filter(
        household=models.OuterRef("household"),
        representative_address=models.OuterRef("written_to"),
    )
    return models.Q(is_copy=True) & ~models.Exists(there) & ~_has_gone()


def _has_gone() -> models.Exists:
    """Whether a letter, or a copy, cannot be taken back itself."""
    from tenants.letters.models import LetterDelivery

    return models.Exists(
        LetterDelivery.objects.filter(letter=models.OuterRef("pk"), status__in=GONE)
    )


def likely_pages() -> Coalesce:
    """The pages a letter has, or those expected of it if it was not set."""
    return Coalesce("page_count", "expected_pages")


class LetterRunQuerySet(models.QuerySet):
    """Mailings; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Runs wholly inside the wards the person runs, and those they made."""
        if user.has_permission(Permission.ALL_WARDS):
            return self.all()
        from patches.wards.models import Ward

        others = Ward.objects.exclude(pk__in=wards_run_by(user).values("pk"))
        inside = self.filter(wards__in=wards_run_by(user)).exclude(
            wards__in=others.values("pk")
        )
        return self.filter(
            models.Q(pk__in=inside.values("pk")) | models.Q(created_by=user)
        )


class LetterWordingQuerySet(models.QuerySet):
    """Wordings of versions in other languages, or easy to read."""

    def newest(self) -> Self:
        """The newest edition of each language, and of easy read."""
        later = self.model.objects.filter(
            version=models.OuterRef("version"),
            language=models.OuterRef("language"),
            is_easy_read=models.OuterRef("is_easy_read"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(~models.Exists(later))

    def usable(self) -> Self:
        """The newest edition of each that runs may use: a translation once checked."""
        ready = models.Q(is_easy_read=True) | models.Q(checked__isnull=False)
        later = self.model.objects.filter(
            ready,
            version=models.OuterRef("version"),
            language=models.OuterRef("language"),
            is_easy_read=models.OuterRef("is_easy_read"),
            number__gt=models.OuterRef("number"),
        )
        return self.filter(ready).filter(~models.Exists(later))


class LetterQuerySet(models.QuerySet):
    """Letters; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Letters to homes whose people the person may see."""
        if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
            return self.all()
        return self.filter(home__property__in=homes_with_visible_people(user))

    def to_households(self) -> Self:
        """Those that tell a household, without the copies for representatives."""
        return self.filter(is_copy=False)

    def copies(self) -> Self:
        """The copies for representatives."""
        return self.filter(is_copy=True)

    def marked_since(self) -> Self:
        """Those that must not be sent any more, and can still be stopped."""
        return self.filter(to_marked_household() | copy_not_to_go())

    def changed_since(self) -> Self:
        """Those whose household left, or wants them elsewhere, by now."""
        return self.filter(to_changed_household() | copy_to_go_elsewhere())


class LetterDeliveryQuerySet(models.QuerySet):
    """Letters sent one by one; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Deliveries to homes whose people the person may see."""
        if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
            return self.all()
        return self.filter(letter__home__property__in=homes_with_visible_people(user))


class ReturnedLetterQuerySet(models.QuerySet):
    """Letters that came back; views start from `visible_to`."""

    def visible_to(self, user: User) -> Self:
        """Letters that came back from homes whose people the person may see."""
        if user.has_permission(Permission.VIEW_ALL_HOUSEHOLDS):
            return self.all()
        return self.filter(letter__home__property__in=homes_with_visible_people(user))

    def of_households(self) -> Self:
        """Those that were to households: a copy says nothing of who lives there."""
        return self.filter(letter__is_copy=False)

    def to_check(self) -> Self:
        """Those nobody has checked yet."""
        return self.filter(checked_on__isnull=True)
