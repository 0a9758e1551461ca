"""A BagIt package (RFC 8493) in one ZIP file, with SHA-256 and SM3 manifests. Knows no project.

SM3 (GB/T 32905-2016) is not among the algorithms that the RFC lists; it allows for others, and a
validator that does not know it checks SHA-256. Every content is read once: what goes into the
package is what the digests are of.
"""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, NamedTuple

from cryptography.hazmat.primitives import hashes

ALGORITHMS: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "sha256": hashes.SHA256,
    "sm3": hashes.SM3,
}
_CHUNK = 1024 * 1024
_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
# What file systems stumble over; and validators differ on how a manifest writes a percent sign.
_FORBIDDEN = str.maketrans({**dict.fromkeys('/\\:*?"<>|', "_"), "%": "％"})


class Payload(NamedTuple):
    """One file of the package."""

    path: str
    """Below data/, with "/" between folders, each of them `safe`."""
    open: Callable[[], BinaryIO]
    sha256: str | None = None
    """As it is on record; None for what is made for the package."""


class ContentChangedError(Exception):
    """A content is not what is on record of it."""


def safe(name: str) -> str:
    """A name that a package can hold.

    >>> safe('关于"智慧/校园"的批复.pdf')
    '关于_智慧_校园_的批复.pdf'
    """
    return name.translate(_FORBIDDEN).strip(". ") or "_"


def write(
    target: Path | BinaryIO, name: str, payloads: Iterable[Payload], info: Mapping[str, str]
) -> None:
    """Write a package.

    Args:
        target: the ZIP file; written over.
        name: of the folder that everything in it stands in.
        payloads: in the order of the manifests; their paths differ.
        info: for bag-info.txt, one line each.

    Raises:
        ContentChangedError: a content differs from its SHA-256; the file is then no package.
        OSError: a content cannot be read, or the package not be written.
    """
    manifests: dict[str, list[str]] = {algorithm: [] for algorithm in ALGORITHMS}
    size = count = 0
    with zipfile.ZipFile(target, "w") as package:
        for payload in payloads:
            digests, length = _copy(package, f"{name}/data/{payload.path}", payload)
            if payload.sha256 is not None and digests["sha256"] != payload.sha256:
                raise ContentChangedError(payload.path)
            for algorithm, digest in digests.items():
                manifests[algorithm].append(f"{digest}  data/{payload.path}\n")
            size, count = size + length, count + 1
        told = {**info, "Payload-Oxum": f"{size}.{count}"}
        tags = {
            "bagit.txt": _DECLARATION,
            "bag-info.txt": "".join(f"{label}: {value}\n" for label, value in told.items()),
            **{f"manifest-{each}.txt": "".join(lines) for each, lines in manifests.items()},
        }
        for algorithm in ALGORITHMS:
            lines = (f"{_digest(algorithm, text)}  {tag}\n" for tag, text in tags.items())
            package.writestr(f"{name}/tagmanifest-{algorithm}.txt", "".join(lines))
        for tag, text in tags.items():
            package.writestr(f"{name}/{tag}", text)


def _copy(package: zipfile.ZipFile, path: str, payload: Payload) -> tuple[dict[str, str], int]:
    running = {name: hashes.Hash(algorithm()) for name, algorithm in ALGORITHMS.items()}
    length = 0
    with payload.open() as content, package.open(path, "w", force_zip64=True) as entry:
        while chunk := content.read(_CHUNK):
            for digest in running.values():
                digest.update(chunk)
            entry.write(chunk)
            length += len(chunk)
    return {name: digest.finalize().hex() for name, digest in running.items()}, length


def _digest(algorithm: str, text: str) -> str:
    digest = hashes.Hash(ALGORITHMS[algorithm]())
    digest.update(text.encode())
    return digest.finalize().hex()
