"""Fields the GOV.UK design needs and Django has not."""

from __future__ import annotations

import pytest

from housingplus.govuk.forms import GovukForm, SeveralRowsField
from patches.models import Ward
from tests.factories.patches import WardFactory

pytestmark = pytest.mark.django_db


class WardsForm(GovukForm):
    wards = SeveralRowsField(Ward.objects.all())


def test_several_rows_are_chosen():
    wards = WardFactory.create_batch(2)
    form = WardsForm({"wards": [str(ward.pk) for ward in wards]})
    assert form.is_valid()
    assert set(form.cleaned_data["wards"]) == set(wards)


@pytest.mark.parametrize("value", ["9" * 25, "-1", "abc", "0"])
def test_number_of_no_row_is_refused(value):
    assert WardsForm({"wards": [value]}).has_error("wards")
