"""What happened to a design: comments, moves, publication, review, leads."""

import datetime as dt
import uuid

import factory
from factory.django import DjangoModelFactory

from officers.models import DesignAssignment, ProposedLead
from patches.models import (
    DesignComment,
    DesignEdit,
    DesignEvent,
    DesignMove,
    DesignReview,
    DesignStatus,
    PatchSuccession,
    PublishedChange,
    PublishedPatch,
)
from tests.factories.officers import AssignmentFactory, OfficerFactory, UserFactory
from tests.factories.patches import PatchFactory, PatchMoveFactory

from .ground import DesignPatchFactory
from .rows import DesignAlternativeFactory, PatchDesignFactory


class DesignEditFactory(DjangoModelFactory):
    class Meta:
        model = DesignEdit

    alternative = factory.SubFactory(DesignAlternativeFactory)
    number = factory.Sequence(lambda n: n + 1)
    moves = factory.LazyFunction(list)
    summary = "Moved Elm Road to S02"
    made_by = factory.SubFactory(UserFactory)
    token = factory.LazyFunction(uuid.uuid4)


class DesignEventFactory(DjangoModelFactory):
    class Meta:
        model = DesignEvent

    design = factory.SubFactory(PatchDesignFactory)
    by = factory.SubFactory(UserFactory)
    to_status = DesignStatus.DRAFT


class DesignCommentFactory(DjangoModelFactory):
    class Meta:
        model = DesignComment

    design = factory.SubFactory(PatchDesignFactory)
    text = "Elm Road belongs with the flats behind it."
    token = factory.LazyFunction(uuid.uuid4)
    made_by = factory.SubFactory(UserFactory)


class PublishedPatchFactory(DjangoModelFactory):
    """A patch that ends; give `design_patch` for one that goes on or is new."""

    class Meta:
        model = PublishedPatch

    design = factory.SubFactory(PatchDesignFactory)
    patch = factory.SubFactory(PatchFactory)
    change = factory.LazyAttribute(
        lambda row: PublishedChange.KEPT if row.design_patch else PublishedChange.CLOSED
    )
    design_patch = None


class DesignMoveFactory(DjangoModelFactory):
    class Meta:
        model = DesignMove

    design = factory.SubFactory(PatchDesignFactory)
    move = factory.SubFactory(PatchMoveFactory)


class PatchSuccessionFactory(DjangoModelFactory):
    class Meta:
        model = PatchSuccession

    design = factory.SubFactory(PatchDesignFactory)
    from_patch = factory.SubFactory(PatchFactory)
    to_patch = factory.SubFactory(PatchFactory)
    home_count = 12


class DesignReviewFactory(DjangoModelFactory):
    class Meta:
        model = DesignReview

    design = factory.SubFactory(PatchDesignFactory)
    due_on = dt.date(2027, 1, 5)


class ProposedLeadFactory(DjangoModelFactory):
    class Meta:
        model = ProposedLead

    design_patch = factory.SubFactory(DesignPatchFactory)
    officer = factory.SubFactory(OfficerFactory)
    chosen_by = factory.SubFactory(UserFactory)


class DesignAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = DesignAssignment

    design = factory.SubFactory(PatchDesignFactory)
    assignment = factory.SubFactory(AssignmentFactory)
    is_new = True
