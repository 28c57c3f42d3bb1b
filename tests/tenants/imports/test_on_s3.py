"""A list kept in an S3-compatible store is read, checked and imported all the same."""

from __future__ import annotations

import pytest

from housingplus.imports.models import ImportStatus
from patches.models import Property

from .conftest import homes
from .test_faults import confirm

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_list_in_a_store_is_imported_and_its_file_removed(
    bucket, check_homes, manager
):
    batch = check_homes(homes(3))
    assert [found.key for found in bucket.objects.all()] == [
        f"housing/{batch.file.name}"
    ]
    confirm(batch, manager)
    batch.refresh_from_db()
    assert batch.status == ImportStatus.DONE
    assert Property.objects.count() == 3
    assert list(bucket.objects.all()) == []
