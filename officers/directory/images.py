"""Photos and signatures: judged and written anew, so that only pixels remain."""

from __future__ import annotations

import io
import uuid
import warnings
from typing import IO

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

from .errors import ImageTooBig, NotAnImage

MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO_SIZE = (600, 600)
SIGNATURE_SIZE = (900, 300)


def clean_photo(upload: IO[bytes], *, field: str = "photo") -> ContentFile:
    """Return the picture as a JPEG of at most 600 pixels, without hidden data."""
    image = _opened(upload, field)
    image.thumbnail(PHOTO_SIZE)
    # What is see-through would come out black.
    on_white = Image.new("RGBA", image.size, "white")
    on_white.alpha_composite(image.convert("RGBA"))
    return _written(on_white.convert("RGB"), "JPEG", "jpg", quality=88)


def clean_signature(upload: IO[bytes], *, field: str = "signature") -> ContentFile:
    """Return the picture as a PNG that fits above a name, without hidden data."""
    image = _opened(upload, field)
    image.thumbnail(SIGNATURE_SIZE)
    return _written(image.convert("RGBA"), "PNG", "png")


def _opened(upload: IO[bytes], field: str) -> Image.Image:
    content = upload.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ImageTooBig("The file must be smaller than 5MB", field=field)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=FORMATS)
            if image.width * image.height > MAX_PIXELS:
                raise ImageTooBig(
                    "The picture has too many pixels. Make it smaller first",
                    field=field,
                )
            image.load()
            return ImageOps.exif_transpose(image)
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise NotAnImage(
            "The file must be a picture: JPEG, PNG or WebP", field=field
        ) from error


def _written(image: Image.Image, kind: str, ending: str, **options: int) -> ContentFile:
    plain = Image.new(image.mode, image.size)
    plain.paste(image)
    stream = io.BytesIO()
    plain.save(stream, kind, **options)
    return ContentFile(stream.getvalue(), name=f"{uuid.uuid4().hex}.{ending}")
