"""What an office document is made of, whoever packed it and whenever it was saved."""

import hashlib
import zipfile
from typing import BinaryIO

from govproject.files.kinds import PACKAGES, FileKind

_ABOUT_ITSELF = ("docprops/", "_rels/", "[content_types].xml")
"""Who saved it and when, and the list of what is in it."""


def digest(content: BinaryIO, kind: FileKind) -> str | None:
    """The same for the same parts, in whatever order, compression and with whatever properties.

    Nothing is unpacked: the archive's table of contents has a checksum of each part, and `examine`
    has bounded how long that table is.

    Args:
        content: an examined file, readable and seekable; left at its beginning.
        kind: what it is.

    Returns:
        A SHA-256 over name, CRC-32 and size of each part; None of what is no package.
    """
    if kind not in PACKAGES:
        return None
    with zipfile.ZipFile(content) as package:
        parts = sorted(
            f"{part.filename}\0{part.CRC:08x}\0{part.file_size}\n"
            for part in package.infolist()
            if not part.is_dir() and not part.filename.lower().startswith(_ABOUT_ITSELF)
        )
    content.seek(0)
    # An archive may name its parts in characters that no text holds.
    return hashlib.sha256("".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
