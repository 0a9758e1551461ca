from datetime import UTC, datetime

from govproject.clock import SHANGHAI, system_clock


def test_the_present_moment_is_told_in_shanghai():
    before = datetime.now(UTC)
    now = system_clock()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is SHANGHAI


def test_the_legal_day_begins_at_midnight_in_shanghai():
    assert datetime(2026, 8, 2, 15, 59, tzinfo=UTC).astimezone(SHANGHAI).day == 2
    assert datetime(2026, 8, 2, 16, 0, tzinfo=UTC).astimezone(SHANGHAI).day == 3
