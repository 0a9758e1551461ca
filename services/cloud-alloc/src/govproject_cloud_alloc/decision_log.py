"""The decision log's chain: each link's SM3 digest covers its content and the link before (pure).

Changing, removing or reordering a link breaks the digest of every later one.
"""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives import hashes

EMPTY = "sm3:" + "0" * 64


def canonical(content: dict[str, Any]) -> str:
    """One text for one content: sorted keys, no spaces.

    >>> canonical({"b": 1, "a": "准"})
    '{"a":"准","b":1}'
    """
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def link(
    previous: str, number: int, id_: UUID, project_id: UUID, asked_by: str, at: datetime, text: str
) -> str:
    """The digest of a link, `sm3:` and 64 hexadecimal digits (GB/T 32905-2016)."""
    sm3 = hashes.Hash(hashes.SM3())
    moment = at.astimezone(UTC).isoformat(timespec="microseconds")
    for part in (previous, str(number), str(id_), str(project_id), asked_by, moment, text):
        data = part.encode()
        sm3.update(len(data).to_bytes(8, "big") + data)
    return f"sm3:{sm3.finalize().hex()}"
