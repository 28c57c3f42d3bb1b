"""Languages are kept by their code however somebody writes them."""

from __future__ import annotations

import importlib

import pytest

from tenants.households.languages import LANGUAGES, language_kept, language_name


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Polish", "pl"),
        ("polski", "pl"),
        (" PL ", "pl"),
        ("اردو", "ur"),
        ("Persian", "fa"),
        ("English", ""),
        ("en", ""),
        ("", ""),
        ("Pontic  Greek", "Pontic Greek"),
    ],
)
def test_what_is_kept_of_a_language(typed, kept):
    assert language_kept(typed) == kept


def test_a_name_comes_back():
    assert [language_name(kept) for kept in ("", "so", "Pontic Greek")] == [
        "English",
        "Somali",
        "Pontic Greek",
    ]


def test_the_migration_knows_every_name_it_may_meet():
    migration = importlib.import_module(
        "tenants.migrations.0008_keep_languages_by_code"
    )
    assert {code for code in migration._CODES.values() if code} <= set(LANGUAGES)
    for name, code in migration._CODES.items():
        assert language_kept(name) == code
    for code, name in migration._NAMES.items():
        assert language_kept(name) == code
