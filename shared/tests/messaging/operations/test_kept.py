import json
from uuid import UUID

import pytest

from govproject.messaging import operations
from govproject.messaging.operations import Filter

PROJECT, OTHER = UUID(int=7), UUID(int=8)


@pytest.fixture
def parked(review):
    def page(wanted=Filter(), limit=50, after=None):  # noqa: B008  # it is frozen
        with review.db.read() as session:
            return operations.parked(session, "review", wanted, limit=limit, after=after)

    return page


def test_a_parked_event_is_shown_with_its_content_and_what_waits_behind_it(review, events, parked):
    review.bad = {1}
    review.process(*(events.arrival(events.envelope(PROJECT, number)) for number in (1, 2, 3)))
    review.process(events.arrival(events.envelope(OTHER, 2)))

    [event], last = parked()

    assert last is None
    assert (event.aggregate_id, event.aggregate_seq, event.waiting) == (str(PROJECT), 1, 2)
    assert event.reason == "RuntimeError: cannot be applied"
    assert event.attempts == 1
    assert event.age_seconds >= 0
    assert event.headers["ce-sequence"] == "1"
    assert json.loads(event.body)["plan_year"] == 1
    assert event.body_bytes == len(event.body)


def test_whatever_a_stranger_sent_can_be_shown(review, events, parked):
    headers = {"ce-type": "\ud800\x1b[31m", "n": 5, "list": ["\ud800"]}
    body = "\x1b[2J中文\u3000".encode() + b"\xff\0" + b"x" * 70_000
    review.process(events.arrival(events.envelope(PROJECT, 1), headers=headers, body=body))

    [event], _ = parked()

    assert event.body.startswith("\\x1b[2J中文\u3000\\xff\\x00xxx")
    assert len(event.body) < event.body_bytes == len(body)
    assert event.headers == {"ce-type": "\\ud800\\x1b[31m", "n": "5", "list": '["\\ud800"]'}
    assert (event.aggregate_seq, event.waiting) == (0, 0)
    assert event.model_dump_json()


def test_pages_show_every_event_once_those_that_came_first_in_front(review, events, parked):
    ids = []
    for number in range(1, 8):
        review.bad.add(number)
        envelope = events.envelope(UUID(int=number), 1)
        ids.append(envelope.event_id)
        review.process(events.arrival(envelope, body=b"{}"))
    seen, after = [], None
    while True:
        page, after = parked(limit=3, after=after)
        seen += [event.event_id for event in page]
        if after is None:
            break
        assert len(page) == 3
    assert seen == ids


def test_what_is_not_meant_is_not_shown(review, events, parked):
    review.bad = {1}
    review.process(*(events.arrival(events.envelope(each, 1)) for each in (PROJECT, OTHER)))

    assert [event.aggregate_id for event in parked(Filter(key=str(OTHER)))[0]] == [str(OTHER)]
    assert parked(Filter(source="review")) == ([], None)
