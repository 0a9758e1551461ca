"""What cannot be applied is parked with its reason, and can be skipped."""

from uuid import UUID

import pytest
from sqlalchemy import text

from govproject.contracts.intake import ProjectPlanAdopted
from govproject.errors import Conflict, Invalid, NotFound, Unavailable
from govproject.messaging import inbox
from govproject.messaging.receiving import Receiver, Verdict
from govproject.persistence.tables import InboxState

PROJECT = UUID(int=7)
OTHER = UUID(int=8)


def test_a_bad_event_is_parked_and_its_stream_stops(review, arrive, caplog):
    review.bad = {2}

    assert review.process(arrive(1), arrive(2), arrive(3), arrive(1, OTHER)) == {
        "done": 2,
        "parked": 1,
        "deferred": 1,
    }

    assert review.effects(PROJECT) == [1]
    assert review.effects(OTHER) == [1]
    [parked] = review.parked()
    assert (parked.aggregate_id, parked.aggregate_seq) == (str(PROJECT), 2)
    assert parked.reason == "RuntimeError: cannot be applied"
    assert review.backlog(PROJECT) == 2
    assert "Traceback" in caplog.text


@pytest.mark.parametrize(
    ("error", "outcome"),
    [(Unavailable("x", "稍后"), "deferred"), (Invalid("x", "不行"), "parked")],
)
def test_errors_that_officials_read_are_permanent_but_for_unavailability(
    review, arrive, error, outcome
):
    def handler(session, event, delivery):
        raise error

    outcomes = inbox.process(
        review.db, "review", {ProjectPlanAdopted: handler}, [arrive(1)], clock=review.clock
    )

    assert dict(outcomes) == {outcome: 1}


def test_an_effect_that_the_database_refuses_is_parked_and_the_others_are_not(review, arrive, db):
    with db.write() as session:
        session.execute(text("CREATE TABLE once (n INTEGER PRIMARY KEY)"))

    def handler(session, event, delivery):
        session.execute(text("INSERT INTO once VALUES (1)"))
        review.on_plan_adopted(session, event, delivery)

    outcomes = inbox.process(
        db,
        "review",
        {ProjectPlanAdopted: handler},
        [arrive(1), arrive(1, OTHER)],
        clock=review.clock,
    )

    assert dict(outcomes) == {"done": 1, "parked": 1}
    assert "IntegrityError" in review.parked()[0].reason
    assert (review.effects(PROJECT), review.effects(OTHER)) == ([1], [])


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"ce_type": "govproject.intake.project.sold.v1"}, "unknown event type"),
        ({"ce_type": "govproject.intake.project.plan_adopted.v99"}, "unknown event type"),
        ({"ce_type": "govproject.review.project.plan_adopted.v1"}, "unknown event type"),
        ({"ce_type": "com.example.order"}, "unknown event type"),
        ({"body": b"{"}, "ValidationError"),
        ({"body": b""}, "ValidationError"),
        ({"body": b"\xff\xfe\x00"}, "ValidationError"),
        ({"body": b'{"project_id": "x"}'}, "ValidationError"),
    ],
)
def test_a_poisonous_event_is_parked_with_its_reason(review, arrive, events, changes, reason):
    poison = events.envelope(PROJECT, 1, **changes)

    assert review.process(events.arrival(poison), arrive(2)) == {"parked": 1, "deferred": 1}

    [parked] = review.parked()
    assert parked.event_id == poison.event_id
    assert reason in parked.reason


def test_a_body_about_another_project_is_parked(review, events):
    forged = events.envelope(PROJECT, 1, body=events.envelope(OTHER, 1).body)

    assert review.process(events.arrival(forged)) == {"parked": 1}

    assert "the body is about" in review.parked()[0].reason
    assert review.effects(OTHER) == []


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("ce-id", None, "ce-id is missing"),
        ("ce-id", "17", "ce-id is not a UUID"),
        ("ce-subject", None, "ce-subject is missing"),
        ("ce-subject", "a\0b", "printable"),
        ("ce-subject", "x" * 500, "printable"),
        ("ce-subject", {"nested": [b"\xff"]}, "ce-subject is missing"),
        ("ce-sequence", "0", "counts from 1"),
        ("ce-sequence", "9223372036854775808", "counts from 1"),
        ("ce-sequence", "²", "counts from 1"),
        ("ce-time", "yesterday", "not a moment"),
        ("ce-time", "2026-08-03T09:30:00", "no time zone"),
        ("ce-type", "\ud800", "printable"),
        ("ce-source", "govproject/review", "came through the exchange of 'intake'"),
        ("ce-aggregatetype", 7, "ce-aggregatetype is missing"),
    ],
)
def test_a_message_without_a_place_is_parked_and_blocks_nobody(
    review, arrive, events, name, value, reason
):
    headers = {**arrive(1).headers, name: value}
    if value is None:
        del headers[name]
    misplaced = events.arrival(events.envelope(PROJECT, 1), headers=headers)

    assert review.process(misplaced) == {"parked": 1}
    assert review.process(arrive(1), arrive(2)) == {"done": 2}

    [parked] = review.parked()
    assert reason in parked.reason
    assert parked.aggregate_seq == 0
    # Whoever decides about the project learns that something about it took no effect.
    assert parked.aggregate_id == (str(PROJECT) if name != "ce-subject" else "")
    assert review.backlog(PROJECT) == (name != "ce-subject")


def test_the_same_misplaced_message_is_parked_once(review, events, arrive):
    misplaced = events.arrival(
        events.envelope(PROJECT, 1), headers={"ce-type": "nonsense"}, body=b"\0"
    )
    again = events.arrival(
        events.envelope(PROJECT, 1),
        headers={"ce-type": "nonsense", "x-delivery-count": 3},
        body=b"\0",
        redelivered=True,
    )

    review.process(misplaced)
    review.process(again)

    assert len(review.parked()) == 1


def test_a_message_from_no_known_exchange_is_parked(review, arrive):
    assert review.process(arrive(1, source="")) == {"parked": 1}

    assert review.effects(PROJECT) == []


def test_another_event_with_a_used_number_is_not_taken_for_a_duplicate(review, arrive, events):
    review.process(arrive(1))
    impostor = events.envelope(PROJECT, 1)

    assert review.process(events.arrival(impostor)) == {"parked": 1}

    assert "number 1 already" in review.parked()[0].reason
    assert review.effects(PROJECT) == [1]
    assert review.backlog(PROJECT) == 1


def test_another_event_with_the_number_of_a_kept_one_is_parked(review, arrive, events):
    review.process(arrive(2))

    assert review.process(events.arrival(events.envelope(PROJECT, 2))) == {"parked": 1}
    assert review.process(arrive(1)) == {"done": 2}

    assert review.effects(PROJECT) == [1, 2]


def test_an_id_that_is_used_twice_cannot_swallow_an_event(review, arrive, events):
    review.process(arrive(1))
    thief = events.envelope(PROJECT, 3)
    known_id = UUID(arrive(1).headers["ce-id"])

    stolen = events.envelope(PROJECT, 3, event_id=known_id)
    assert review.process(events.arrival(stolen)) == {"parked": 1}
    assert review.process(events.arrival(thief)) == {"deferred": 1}

    assert "is taken" in review.parked()[0].reason


def test_only_the_next_event_can_be_skipped(review, arrive, db):
    review.bad = {1}
    review.process(arrive(1), arrive(2))
    [parked] = review.parked()

    review.skip(parked.event_id)

    assert review.inbox_rows()[0] == (1, "skipped", False)
    with pytest.raises(NotFound):
        review.skip(parked.event_id)
    assert review.process(arrive(3)) == {"deferred": 1}


def test_a_parked_event_beyond_a_gap_cannot_be_skipped(review, arrive, db):
    verdict = Verdict(InboxState.PARKED, "could not be committed")
    with db.write() as session:
        Receiver(session, "review", {}, review.clock, verdict).receive([arrive(2)])

    with pytest.raises(Conflict):
        review.skip(UUID(arrive(2).headers["ce-id"]))


def test_a_misplaced_message_can_be_skipped(review, arrive):
    review.process(arrive(1, source=""))

    review.skip(review.parked()[0].event_id)

    assert review.parked() == []


def test_a_commit_that_fails_is_traced_to_the_culprit(review, arrive, db):
    """The constraint is checked at the commit only: no savepoint notices it."""
    with db.write() as session:
        session.execute(text("CREATE TABLE parent (n INTEGER PRIMARY KEY)"))
        session.execute(
            text(
                "CREATE TABLE child (n INTEGER REFERENCES parent (n) DEFERRABLE INITIALLY DEFERRED)"
            )
        )

    def handler(session, event, delivery):
        review.on_plan_adopted(session, event, delivery)
        if event.plan_year == 2:
            session.execute(text("INSERT INTO child VALUES (17)"))

    batch = [*(arrive(n, OTHER) for n in (1, 3, 4)), *(arrive(n) for n in (1, 2, 3))]
    outcomes = inbox.process(db, "review", {ProjectPlanAdopted: handler}, batch, clock=review.clock)

    assert dict(outcomes) == {"done": 2, "parked": 1, "deferred": 3}
    assert review.effects(PROJECT) == [1]
    assert "IntegrityError" in review.parked()[0].reason
