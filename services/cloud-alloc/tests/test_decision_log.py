from datetime import UTC, datetime
from uuid import UUID

import pytest

from govproject.clock import SHANGHAI
from govproject_cloud_alloc.decision_log import EMPTY, canonical, link

AT = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PARTS = {
    "previous": EMPTY,
    "number": 1,
    "id_": UUID(int=1),
    "project_id": UUID(int=7),
    "asked_by": "portal",
    "at": AT,
    "text": '{"asked":{}}',
}


def test_one_content_has_one_text():
    assert canonical({"b": [1, None], "a": {"d": "准", "c": 1.5}}) == (
        '{"a":{"c":1.5,"d":"准"},"b":[1,null]}'
    )
    assert canonical({"a": 1, "b": 2}) == canonical({"b": 2, "a": 1})


def test_a_digest_is_sm3():
    digest = link(**PARTS)
    assert digest.startswith("sm3:")
    assert len(digest) == len(EMPTY) == len("sm3:") + 64
    assert link(**PARTS) == digest


@pytest.mark.parametrize(
    "change",
    [
        {"previous": "sm3:" + "1" * 64},
        {"number": 2},
        {"id_": UUID(int=2)},
        {"project_id": UUID(int=8)},
        {"asked_by": "unit"},
        {"at": AT.replace(microsecond=1)},
        {"text": '{"asked":{} }'},
        # What moves from one part to the next is not the same either.
        {"asked_by": "porta", "text": 'l{"asked":{}}'},
    ],
)
def test_every_part_counts(change):
    assert link(**PARTS | change) != link(**PARTS)


def test_a_moment_is_the_same_in_every_zone():
    assert link(**PARTS | {"at": AT.astimezone(UTC)}) == link(**PARTS)
