"""Packages as an independent validator sees them."""

import hashlib
import zipfile
from functools import partial
from io import BytesIO

import bagit
import pytest

from govproject_archive import bag
from govproject_archive.bag import ContentChangedError, Payload

INFO = {"Source-Organization": "亭湖区教育局", "External-Identifier": "7"}


def payload(path, content, sha256=None):
    return Payload(path, partial(BytesIO, content), sha256)


def unpacked(tmp_path, *payloads: Payload):
    target = tmp_path / "package.zip"
    bag.write(target, "project", payloads, INFO)
    with zipfile.ZipFile(target) as package:
        assert package.testzip() is None
        package.extractall(tmp_path)
    return tmp_path / "project"


@pytest.fixture
def package(tmp_path):
    return unpacked(
        tmp_path,
        payload(
            "JJ-2026-000001/001 批复.pdf", b"approved", hashlib.sha256(b"approved").hexdigest()
        ),
        payload("JJ-2026-000001/002 附件.docx", b"x" * 3_000_000),
        payload("JJ-2026-000002/001 𠮷䶮.txt", b""),
    )


def test_an_independent_validator_accepts_it(package):
    found = bagit.Bag(str(package))
    found.validate()
    assert found.info["Source-Organization"] == "亭湖区教育局"
    assert found.info["Payload-Oxum"] == "3000008.3"
    assert len(found.payload_entries()) == 3


@pytest.mark.parametrize("name", ["JJ-2026-000001/001 批复.pdf", "JJ-2026-000002/001 𠮷䶮.txt"])
def test_and_refuses_one_that_was_changed_since(package, name):
    (package / "data" / name).write_bytes(b"forged")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(package)).validate()


def test_it_refuses_a_manifest_that_was_changed(package):
    manifest = package / "manifest-sm3.txt"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("批复", "回复"), "utf-8")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(package)).validate()


@pytest.mark.skipif("sm3" not in hashlib.algorithms_available, reason="this Python has no SM3")
@pytest.mark.parametrize("manifest", ["manifest-sm3.txt", "tagmanifest-sm3.txt"])
def test_the_sm3_manifests_say_what_another_sm3_finds(package, manifest):
    lines = (package / manifest).read_text(encoding="utf-8").splitlines()
    assert len(lines) >= 3
    for line in lines:
        digest, path = line.split("  ", 1)
        content = (package / path).read_bytes()
        assert hashlib.new("sm3", content).hexdigest() == digest


def test_a_content_that_is_not_what_is_on_record_makes_no_package(tmp_path):
    with pytest.raises(ContentChangedError, match="批复"):
        unpacked(tmp_path, payload("批复.pdf", b"approved", "0" * 64))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a/b\\c:d.pdf", "a_b_c_d.pdf"),
        ("..", "_"),
        (" 批复 . ", "批复"),
        ("𠮷.docx", "𠮷.docx"),
        ("100%完成.docx", "100％完成.docx"),
    ],
)
def test_names_that_no_file_system_stumbles_over(name, expected):
    assert bag.safe(name) == expected
