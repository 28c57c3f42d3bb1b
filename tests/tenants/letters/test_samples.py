"""The sample of a run shows what is most unlike in it."""

from __future__ import annotations

import pytest

from tenants.letters.selectors import samples
from tests.factories.tenants import CommunicationNeedsFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(composed, add_home, patch, street):
    """A run of a plain street and some homes that are each special."""
    long = add_home(patch, ("Ms", "Ann", "Featherstonehaugh-Cholmondeley"))
    far = add_home(patch, ("Ms", "Ann", "Far"), street="Upper Long Winding Cathedral")
    large = add_home(patch, ("Ms", "Ann", "Large"))
    braille = add_home(patch, ("Ms", "Ann", "Braille"))
    for home, wanted in ((large, "large_print"), (braille, "braille")):
        CommunicationNeedsFactory(household=home.households.get(), letter_format=wanted)
    made = composed(patch)
    made.special = {long, far, large, braille}
    return made


def test_the_sample_has_what_is_most_unlike(run):
    plain = run.letters.order_by("sequence").first()
    long = run.letters.exclude(pk=plain.pk).order_by("-sequence").first()
    run.letters.filter(pk=long.pk).update(page_count=7)
    found = samples.sample_of(run)
    assert run.special <= {letter.home.property for letter in found}
    assert long in found
    assert len(found) <= 8


def test_it_is_bounded_and_asks_as_often_for_any_run(
    run, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(samples, "MOST_IN_A_SAMPLE", 3)
    with django_assert_num_queries(11):
        found = samples.sample_of(run)
    assert len(found) == 3
    sequences = [letter.sequence for letter in found]
    assert sequences == sorted(sequences)
