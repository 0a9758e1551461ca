from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, func, insert, select, text
from sqlalchemy.exc import StatementError

from govproject.clock import SHANGHAI
from govproject.persistence.types import Money, UtcDateTime

METADATA = MetaData()
SAMPLE = Table(
    "sample",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("moment", UtcDateTime),
    Column("amount", Money),
)


@pytest.fixture
def session(db):
    with db.write() as session:
        METADATA.create_all(session.connection())
        yield session


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI),
        datetime(2026, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 3, 1, tzinfo=timezone(timedelta(hours=-11))),
    ],
)
def test_a_moment_is_the_same_after_storing(session, moment):
    session.execute(insert(SAMPLE).values(moment=moment))

    stored = session.execute(select(SAMPLE.c.moment)).scalar_one()

    assert stored == moment
    assert stored.utcoffset() == timedelta(hours=8)


def test_its_date_is_the_legal_day(session):
    session.execute(insert(SAMPLE).values(moment=datetime(2026, 8, 2, 16, 30, tzinfo=UTC)))

    assert session.execute(select(SAMPLE.c.moment)).scalar_one().date() == date(2026, 8, 3)


def test_moments_of_different_zones_compare(session):
    early, late = datetime(2026, 8, 3, 9, tzinfo=SHANGHAI), datetime(2026, 8, 3, 2, tzinfo=UTC)
    session.execute(insert(SAMPLE), [{"moment": late}, {"moment": early}])

    ordered = session.execute(select(SAMPLE.c.moment).order_by(SAMPLE.c.moment)).scalars().all()
    before = session.execute(select(func.count()).where(SAMPLE.c.moment < late)).scalar_one()

    assert ordered == [early, late]
    assert before == 1


def test_a_naive_moment_is_refused(session):
    with pytest.raises(StatementError, match="needs a time zone"):
        session.execute(insert(SAMPLE).values(moment=datetime(2026, 8, 3)))  # noqa: DTZ001  # the point


@pytest.mark.parametrize(
    "amount", ["0", "0.01", "-12.5", "300000.00", "9999999999999.99", "92233720368547758.07"]
)
def test_an_amount_is_exact(session, amount):
    session.execute(insert(SAMPLE).values(amount=Decimal(amount)))

    stored = session.execute(select(SAMPLE.c.amount)).scalar_one()

    assert stored == Decimal(amount)
    assert stored.as_tuple().exponent == -2


def test_amounts_add_up_and_compare_in_the_database(session):
    amounts = [Decimal("0.10"), Decimal("0.20"), Decimal(500000)]
    session.execute(insert(SAMPLE), [{"amount": amount} for amount in amounts])

    total = session.execute(select(func.sum(SAMPLE.c.amount, type_=Money))).scalar_one()
    large = session.execute(
        select(func.count()).where(SAMPLE.c.amount >= Decimal("0.20"))
    ).scalar_one()

    assert total == Decimal("500000.30")
    assert large == 2


@pytest.mark.parametrize(
    ("amount", "complaint"),
    [
        (Decimal("0.001"), "2 decimal places"),
        (Decimal("NaN"), "2 decimal places"),
        (Decimal("Infinity"), "2 decimal places"),
        (Decimal("92233720368547758.08"), "beyond"),
        (0.1, "is a Decimal"),
        (100, "is a Decimal"),
    ],
)
def test_what_is_not_an_exact_amount_is_refused(session, amount, complaint):
    with pytest.raises(StatementError, match=complaint):
        session.execute(insert(SAMPLE).values(amount=amount))


def test_nothing_stays_nothing(session):
    session.execute(text("INSERT INTO sample (id) VALUES (1)"))

    assert session.execute(select(SAMPLE.c.moment, SAMPLE.c.amount)).one() == (None, None)
