"""What a batch costs must not grow with what the inbox remembers."""

import re

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError

from govproject.ids import new_id

WHOLE = re.compile(r"SCAN inbox\b|SEARCH inbox\b.*\(consumer=\?\)|SCAN inbox_cursor\b")


@pytest.fixture
def statements():
    """What is sent to databases, with its parameters."""
    seen = []

    def see(_connection, _cursor, statement, parameters, _context, many):
        seen.append((statement, parameters[0] if many else parameters))

    event.listen(Engine, "before_cursor_execute", see)
    yield seen
    event.remove(Engine, "before_cursor_execute", see)


def test_no_batch_reads_the_whole_inbox(sqlite_review, events, statements):
    project = new_id()
    kept = [events.arrival(events.envelope(project, number)) for number in (3, 1, 2)]
    statements.clear()
    assert sqlite_review.process(*kept) == {"deferred": 1, "done": 3}
    plans = []
    with sqlite_review.db.read() as session:
        for statement, parameters in list(statements):
            try:
                rows = session.connection().exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", parameters
                )
            except DBAPIError:  # not a statement that has a plan
                continue
            plans += [row.detail for row in rows]
    assert any("ix_inbox_pending" in plan for plan in plans)
    assert [plan for plan in plans if WHOLE.search(plan)] == []
