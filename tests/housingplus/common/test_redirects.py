"""Where people are sent back to."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from housingplus.common.redirects import safe_next


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("/patches/?page=2", "/patches/?page=2"),
        ("http://testserver/patches/", "/patches/"),
        ("https://evil.example/", "/default/"),
        ("//evil.example/", "/default/"),
        ("///evil.example/", "/default/"),
        ("http:///evil.example/", "/default/"),
        ("/\\evil.example/", "/default/"),
        ("http://testserver//evil.example/", "/default/"),
        ("http://testserver/\\evil.example/", "/default/"),
        ("javascript:alert(1)", "/default/"),
        ("admin:index", "/default/"),
        ("999", "/default/"),
        ("", "/default/"),
    ],
)
def test_next_stays_on_this_site(asked, answer):
    request = RequestFactory().get("/", {"next": asked})
    assert safe_next(request, "/default/") == answer
