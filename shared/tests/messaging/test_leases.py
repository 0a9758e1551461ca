from uuid import UUID

import pytest
from sqlalchemy import update

from govproject.messaging import leases
from govproject.messaging.topology import SLOTS
from govproject.persistence import migrate
from govproject.persistence.database import Database
from govproject.persistence.tables import RelayMember, RelaySlot, core

ONE, TWO, THREE = (UUID(int=n) for n in (1, 2, 3))
ALL = frozenset(range(SLOTS))


@pytest.fixture
def renew(db):
    def renew(owner):
        with db.write() as session:
            return leases.renew(session, owner)

    return renew


def _expire(db, owner, expires_at=0.0):
    with db.write() as session:
        for table in (core(RelaySlot), core(RelayMember)):
            session.execute(
                update(table).where(table.c.owner == owner).values(expires_at=expires_at)
            )


def test_one_relay_has_all_slots(renew):
    assert renew(ONE) == ALL
    assert renew(ONE) == ALL


def test_two_relays_share(renew):
    renew(ONE)
    assert renew(TWO) == frozenset()  # nothing is taken away before its owner gives it back

    first, second = renew(ONE), renew(TWO)

    assert len(first) == len(second) == 32
    assert first | second == ALL


def test_shares_stay_where_they_are(renew):
    renew(ONE), renew(TWO)
    first, second = renew(ONE), renew(TWO)

    assert (renew(ONE), renew(TWO)) == (first, second)


def test_three_relays_share(renew):
    for _ in range(3):
        shares = [renew(owner) for owner in (ONE, TWO, THREE)]

    assert frozenset.union(*shares) == ALL
    assert sum(map(len, shares)) == SLOTS
    assert min(map(len, shares)) >= 20


def test_a_dead_relays_slots_are_taken_over(renew, db):
    renew(ONE), renew(TWO), renew(ONE), renew(TWO)

    _expire(db, ONE)

    assert renew(TWO) == ALL


def test_a_released_relays_slots_are_free_at_once(renew, db):
    renew(ONE)
    with db.write() as session:
        leases.release(session, ONE)

    assert renew(TWO) == ALL


def test_a_lease_from_before_the_clock_was_set_back_does_not_last(renew, db):
    renew(ONE)
    _expire(db, ONE, expires_at=1e12)

    assert renew(TWO) == ALL


def test_relays_do_not_wait_for_one_another(postgres_url):
    """On SQLite they do: it has one writer."""
    db = Database(postgres_url)
    migrate.upgrade(db)
    with db.write() as one, db.write() as two:
        assert leases.renew(one, ONE) == ALL
        assert leases.renew(two, TWO) == frozenset()  # would wait here
    db.dispose()


def test_one_relays_slots_are_not_anothers(renew, db):
    renew(ONE), renew(TWO)

    assert renew(ONE).isdisjoint(renew(TWO))
