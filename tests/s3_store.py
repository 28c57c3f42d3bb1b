"""A store that speaks S3, in a process of its own, for tests that keep files there."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator

import boto3
import pytest

from housingplus.settings.storages import media_storage

KEY = "for-tests-only"


def free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return tried.getsockname()[1]


@pytest.fixture(scope="session")
def s3_server() -> Iterator[str]:
    """The address of moto's server."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(600):
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert server.poll() is None, "moto's server did not start"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.kill()
        server.wait()


@pytest.fixture
def bucket(s3_server, settings, monkeypatch):
    """Keep files in a bucket of the store, by the settings an operator would give."""
    name = f"files-{uuid.uuid4().hex}"
    for variable, value in {
        "MEDIA_STORAGE": "s3",
        "MEDIA_S3_BUCKET": name,
        "MEDIA_S3_ENDPOINT": s3_server,
        "MEDIA_S3_REGION": "eu-west-2",
        "MEDIA_S3_ACCESS_KEY": KEY,
        "MEDIA_S3_SECRET_KEY": KEY,
        "MEDIA_S3_FOLDER": "housing",
    }.items():
        monkeypatch.setenv(variable, value)
    store = boto3.resource(
        "s3",
        endpoint_url=s3_server,
        region_name="eu-west-2",
        aws_access_key_id=KEY,
        aws_secret_access_key=KEY,
    )
    bucket = store.Bucket(name)
    bucket.create(CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
    settings.STORAGES = {**settings.STORAGES, "default": media_storage()}
    return bucket
