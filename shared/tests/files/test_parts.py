import io
import zipfile

import pytest

from govproject.files.kinds import FileKind
from govproject.files.parts import digest

PROPERTIES = {"docProps__core_dot_xml": b"<creator>A</creator>"}


def of(content, kind=FileKind.DOCX):
    file = io.BytesIO(content)
    found = digest(file, kind)
    assert file.tell() == 0
    return found


def test_packed_anew_it_is_the_same(package):
    one = package(word__media__a="图".encode(), word__styles_dot_xml=b"<s/>")
    other = package(
        word__styles_dot_xml=b"<s/>",
        word__media__a="图".encode(),
        compression=zipfile.ZIP_STORED,
    )
    assert one != other
    assert of(one) == of(other)


def test_saved_with_other_properties_it_is_the_same(package):
    listed = {"_rels___dot_rels": b"<r/>", "[Content_Types]_dot_xml": b"<t/>"}
    assert of(package()) == of(package(**PROPERTIES)) == of(package(**PROPERTIES, **listed))


@pytest.mark.parametrize(
    "changes",
    [
        {"word__styles_dot_xml": b"<t/>"},
        {"word__styles_dot_xml": b"<s/>", "word__media__a": b""},
        {"word__styles2_dot_xml": b"<s/>"},
        {},
        {"word___rels__document_dot_xml_dot_rels": b"<s/>"},
    ],
    ids=["content", "another part", "name", "one part less", "the document's own relations"],
)
def test_another_content_is_another(package, changes):
    assert of(package(**changes)) != of(package(word__styles_dot_xml=b"<s/>"))


def test_folders_are_no_parts(package):
    content = io.BytesIO(package())
    with zipfile.ZipFile(content, "a") as archive:
        archive.writestr("word/media/", b"")
    assert of(content.getvalue()) == of(package())


@pytest.mark.parametrize("kind", list(FileKind))
def test_packages_have_one_and_others_none(sample, kind):
    found = of(sample(kind.value), kind)
    assert (found is None) is (kind in {FileKind.PDF, FileKind.PNG, FileKind.JPEG})
    assert found is None or len(found) == 64
