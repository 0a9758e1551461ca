import asyncio
from uuid import UUID

from sqlalchemy import text

from govproject.contracts.review import PreReviewPassed
from govproject.messaging import outbox
from govproject.messaging.relay import Relay

PROJECT = UUID(int=7)


async def test_health_names_every_part(suite, review, intake_db):
    async with (
        suite.review(review, partitions=2) as consuming,
        suite.intake(intake_db) as producing,
    ):
        producing_parts = ["publisher", "purge"]
        if review.db.dialect == "sqlite":
            producing_parts.append("checkpoints")
        consuming_parts = ["consumer 0", "consumer 1", "dead letters", "retries"]
        assert list(consuming.health()) == producing_parts + consuming_parts
        assert list(producing.health()) == [*producing_parts[:2], "checkpoints"]


async def test_it_starts_without_a_broker_and_says_so(suite, line, review):
    await line.cut()
    async with suite.review(review, url=line.url, ready=False) as messaging:
        assert set(messaging.health().values()) == {"starting"}
        await suite.until(lambda: "Connect call failed" in (messaging.health()["publisher"] or ""))
        await suite.until(lambda: "Connect call failed" in (messaging.health()["consumer 0"] or ""))


async def test_it_stops_without_a_broker(suite, line, review, events):
    events.append(review.db, PROJECT, 1)
    await line.cut()
    async with suite.review(review, url=line.url, ready=False) as messaging:
        pass

    assert set(messaging.health().values()) == {"stopped"}


async def test_commits_after_the_stop_disturb_nobody(suite, review, events, caplog):
    async with suite.review(review):
        pass

    events.append(review.db, PROJECT, 1)

    assert "listener failed" not in caplog.text


async def test_only_commits_of_events_wake_the_relay(suite, intake_db, events, monkeypatch):
    monkeypatch.setattr("govproject.messaging.relay._POLL_SECONDS", 60)
    woken = []
    wake = Relay.wake
    monkeypatch.setattr(Relay, "wake", lambda relay: (woken.append(1), wake(relay)))
    async with suite.intake(intake_db):
        with intake_db.write() as session:
            session.execute(text("UPDATE relay_slot SET published = published"))
        await asyncio.sleep(0)
        assert woken == []

        events.append(intake_db, PROJECT, 1)
        await suite.until(lambda: woken == [1])


async def test_a_handlers_own_events_go_on_to_the_next_service(
    suite, review, intake_db, events, sqlite_db
):
    def pass_on(session, event, delivery):
        passed = PreReviewPassed(project_id=event.project_id, reviewed_at=events.NOW)
        delivery.publish(session, passed)

    seen = []
    review.on_plan_adopted = pass_on
    archive = sqlite_db("archive")
    async with (
        suite._running(
            "archive",
            archive,
            {PreReviewPassed: lambda _session, _event, delivery: seen.append(delivery)},
            ("review",),
            review.clock,
        ),
        suite.review(review),
        suite.intake(intake_db),
    ):
        with intake_db.write() as session:
            for number in (1, 2, 3):
                outbox.append(
                    session,
                    events.event(PROJECT, number),
                    now=events.NOW,
                    request_id=f"request-{number}",
                    traceparent=f"00-{number:032}-{'b' * 16}-01",
                )
        await suite.until(lambda: len(seen) == 3)

    assert [(one.source, one.aggregate_seq, one.request_id) for one in seen] == [
        ("review", number, f"request-{number}") for number in (1, 2, 3)
    ]
    assert [one.traceparent[:36] for one in seen] == [f"00-{n:032}-" for n in (1, 2, 3)]
