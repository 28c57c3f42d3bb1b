"""What holds for every template and every vendored file."""

import hashlib
import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command

ROOT = settings.BASE_DIR
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
VENDORED = sorted((ROOT / "static" / "vendor").glob("*/*/SHA256SUMS"))

SCRIPT = re.compile(r"<script\b([^>]*)>", re.I)
STYLE = re.compile(r"<style\b([^>]*)>", re.I)


def without_comments(text):
    return re.sub(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", "", text, flags=re.S)


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT))
)
def test_template_has_nothing_inline(path):
    text = without_comments(path.read_text(encoding="utf-8"))

    assert not re.search(r"<[^>]*\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"<[^>]*\son[a-z]+\s*=\s*[\"']", text), "an event handler"
    assert "javascript:" not in text
    for attributes in SCRIPT.findall(text):
        assert "src=" in attributes or 'type="application/json"' in attributes
    for attributes in STYLE.findall(text):
        assert "nonce=" in attributes
    assert not re.search(r"(src|href)=[\"']https?://", text), "another site"


@pytest.mark.parametrize("path", VENDORED, ids=lambda path: path.parent.parent.name)
def test_vendored_files_are_as_made(path):
    listed = {}
    for line in path.read_text().splitlines():
        digest, name = line.split("  ", 1)
        listed[name] = digest
    found = {
        f"./{file.relative_to(path.parent)}": hashlib.sha256(
            file.read_bytes()
        ).hexdigest()
        for file in path.parent.rglob("*")
        if file.is_file() and file != path
    }

    assert found == listed
    assert (path.parent / "LICENSE.txt").exists()


def test_there_are_vendored_files():
    assert len(VENDORED) == 5


def test_no_crown_crest_or_transport_is_shipped():
    for path in (ROOT / "static").rglob("*"):
        if path.suffix in {".css", ".js", ".svg"}:
            text = path.read_text(encoding="utf-8")
            assert "GDS Transport" not in text, path
            assert "crest" not in text.lower(), path
            assert "sourceMappingURL" not in text, path


def test_collectstatic_with_manifest_storage(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {
            "BACKEND": ("django.contrib.staticfiles.storage.ManifestStaticFilesStorage")
        },
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()
    assert list(tmp_path.glob("css/housingplus.*.css"))


def test_every_static_file_named_by_a_template_exists():
    named = set()
    for path in TEMPLATES:
        named |= set(re.findall(r"{% static ['\"]([^'\"{]+)['\"] %}", path.read_text()))

    assert named
    assert not [name for name in named if not finders.find(name)]
