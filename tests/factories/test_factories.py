"""Each factory builds a row the database takes."""

from __future__ import annotations

import inspect

import pytest
from factory.django import DjangoModelFactory

from tests.factories import designs, letters, officers, patches, tenants

FACTORIES = sorted(
    {
        factory
        for module in (patches, officers, tenants, letters, designs)
        for _, factory in inspect.getmembers(module, inspect.isclass)
        if issubclass(factory, DjangoModelFactory) and factory is not DjangoModelFactory
    },
    key=lambda factory: factory.__name__,
)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", FACTORIES)
def test_factory_builds(factory):
    row = factory()
    assert type(row).objects.filter(pk=row.pk).exists()
    assert str(row)
