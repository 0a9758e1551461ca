from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from govproject.messaging.operations import Filter, Selection
from govproject.messaging.streams import INBOX

PROJECT, OTHER = UUID(int=7), UUID(int=8)
NOON = datetime(2026, 8, 3, 12, tzinfo=UTC)


@pytest.fixture
def chosen(review, db):
    def numbers(wanted: Filter) -> list[int]:
        with db.read() as session:
            conditions = wanted.where(INBOX, INBOX.c.received_at)
            query = select(INBOX.c.aggregate_seq).where(*conditions)
            return sorted(session.execute(query).scalars())

    return numbers


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "selection_empty"),
        ({"ids": []}, "selection_empty"),
        ({"all": True, "source": "intake"}, "selection_ambiguous"),
        ({"since": NOON, "until": NOON}, "selection_period"),
        ({"since": "2026-08-03T12:00:00"}, "timezone_aware"),
        ({"since": "0001-01-01T00:00:00+08:00"}, "moment_range"),
        ({"type": "filing%"}, "string_pattern_mismatch"),
        ({"source": ""}, "string_pattern_mismatch"),
        ({"key": "\0"}, "text_control_character"),
        ({"ids": [PROJECT] * 1001}, "too_long"),
        ({"id": [PROJECT]}, "extra_forbidden"),
    ],
)
def test_what_means_nothing_is_refused(given, code):
    with pytest.raises(ValidationError) as refusal:
        Selection.model_validate(given)
    assert code in {error["type"] for error in refusal.value.errors()}


@pytest.mark.parametrize(
    "type_",
    [
        "project",
        "project.plan_adopted",
        "project.plan_adopted.v1",
        "govproject",
        "govproject.intake",
        "govproject.intake.project.plan_adopted",
        "govproject.intake.project.plan_adopted.v1",
    ],
)
def test_a_class_of_events_is_a_type_or_its_beginning(review, events, chosen, type_):
    review.process(events.arrival(events.envelope(PROJECT, 1)))
    assert chosen(Filter(type=type_)) == [1]


@pytest.mark.parametrize(
    "type_", ["proj", "plan_adopted", "govproject_intake", "govproject.review", "intake", "v1"]
)
def test_a_class_of_events_is_no_part_of_a_word(review, events, chosen, type_):
    review.process(events.arrival(events.envelope(PROJECT, 1)))
    assert chosen(Filter(type=type_)) == []


def test_everything_given_must_be_true(review, events, chosen):
    mine = events.envelope(PROJECT, 1)
    review.process(
        events.arrival(mine),
        events.arrival(events.envelope(OTHER, 2)),
        events.arrival(events.envelope(PROJECT, 3, source="review"), source="review"),
    )
    just_now = datetime.now(UTC) - timedelta(minutes=5)

    assert chosen(Filter()) == chosen(Selection(all=True)) == [1, 2, 3]
    assert chosen(Filter(key=str(PROJECT))) == [1, 3]
    assert chosen(Filter(key=str(PROJECT), source="intake")) == [1]
    assert chosen(Selection(ids=(mine.event_id,))) == [1]
    assert chosen(Selection(ids=(mine.event_id,), key=str(OTHER))) == []
    assert chosen(Filter(since=just_now)) == [1, 2, 3]
    assert chosen(Filter(until=just_now)) == []
