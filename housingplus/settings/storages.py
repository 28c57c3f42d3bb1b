"""Where kept files lie: on this machine's disk, or in an S3-compatible store."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from .environment import env


def media_storage() -> dict[str, Any]:
    """Return the storage that MEDIA_STORAGE names."""
    kind = env.str("MEDIA_STORAGE", default="disk")
    if kind == "disk":
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if kind == "s3":
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3()}
    raise ImproperlyConfigured("Set MEDIA_STORAGE to disk or to s3.")


def _s3() -> dict[str, Any]:
    bucket = env.str("MEDIA_S3_BUCKET", default="")
    if not bucket:
        raise ImproperlyConfigured(
            "Set MEDIA_S3_BUCKET to the bucket that keeps the files, or MEDIA_STORAGE "
            "to disk."
        )
    try:
        import storages.backends.s3  # noqa: F401
        from botocore.config import Config
    except ImportError as error:
        raise ImproperlyConfigured(
            'MEDIA_STORAGE=s3 needs the extra s3: pip install "housingplus[s3]".'
        ) from error
    return {
        "bucket_name": bucket,
        # Without these the machine's own role at the provider is used.
        "access_key": env.str("MEDIA_S3_ACCESS_KEY", default="") or None,
        "secret_key": env.str("MEDIA_S3_SECRET_KEY", default="") or None,
        "endpoint_url": env.str("MEDIA_S3_ENDPOINT", default="") or None,
        "region_name": env.str("MEDIA_S3_REGION", default="") or None,
        "location": env.str("MEDIA_S3_FOLDER", default=""),
        # Nobody but the service reads a file, and no upload replaces another.
        "default_acl": None,
        "file_overwrite": False,
        # A file larger than this is read by way of the disk.
        "max_memory_size": 4 * 1024 * 1024,
        "client_config": Config(
            signature_version="s3v4",
            s3={"addressing_style": env.str("MEDIA_S3_ADDRESSING", default="auto")},
            connect_timeout=10,
            read_timeout=60,
            retries={"mode": "standard", "max_attempts": 4},
            # Stores other than Amazon's do not all know the newer checksums.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        ),
    }
