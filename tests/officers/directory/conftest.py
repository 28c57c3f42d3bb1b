"""Pictures to upload."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


@pytest.fixture
def picture():
    """Make an upload of a picture."""

    def make(kind="PNG", size=(900, 700), name="me.png", mode="RGB", **options):
        stream = io.BytesIO()
        Image.new(mode, size, "white").save(stream, kind, **options)
        return SimpleUploadedFile(name, stream.getvalue(), "image/png")

    return make
