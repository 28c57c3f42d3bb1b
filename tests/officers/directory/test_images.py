"""Photos and signatures are judged and written anew."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from officers.directory import images
from officers.directory.errors import ImageTooBig, NotAnImage


def test_photo_becomes_a_small_jpeg_under_its_own_name(picture):
    photo = images.clean_photo(picture(name="../../evil.php"))
    assert photo.name.endswith(".jpg")
    assert "evil" not in photo.name
    made = Image.open(io.BytesIO(photo.read()))
    assert (made.format, max(made.size)) == ("JPEG", 600)


def test_signature_keeps_its_clear_background(picture):
    signature = images.clean_signature(picture(mode="RGBA", size=(2000, 400)))
    made = Image.open(io.BytesIO(signature.read()))
    assert (made.format, made.mode) == ("PNG", "RGBA")
    assert made.width <= 900


def test_clear_background_of_a_photo_becomes_white():
    upload = io.BytesIO()
    Image.new("RGBA", (20, 20)).save(upload, "PNG")
    upload.seek(0)
    made = Image.open(io.BytesIO(images.clean_photo(upload).read()))
    assert made.getpixel((10, 10)) == (255, 255, 255)


def test_hidden_data_is_dropped(picture):
    exif = Image.Exif()
    exif[0x010E] = "14 Elm Road"
    upload = picture(kind="JPEG", exif=exif)
    assert b"14 Elm Road" in upload.read()
    upload.seek(0)
    photo = images.clean_photo(upload).read()
    assert b"14 Elm Road" not in photo
    assert not Image.open(io.BytesIO(photo)).getexif()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"GIF89a" + b"\0" * 50,
        b"%PDF-1.7",
    ],
)
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(NotAnImage, match="must be a picture"):
        images.clean_photo(io.BytesIO(content))


def test_cut_off_picture_is_refused(picture):
    content = picture(kind="JPEG").read()
    with pytest.raises(NotAnImage):
        images.clean_photo(io.BytesIO(content[: len(content) // 2]))


def test_too_many_bytes_are_refused():
    with pytest.raises(ImageTooBig, match="smaller than 5MB"):
        images.clean_photo(io.BytesIO(b"\0" * (images.MAX_BYTES + 1)))


def test_too_many_pixels_are_refused_before_opening(picture):
    with pytest.raises((ImageTooBig, NotAnImage)):
        images.clean_photo(picture(size=(9000, 9000), mode="1"))
