"""Several relays share the work of one outbox: each publishes the streams of the slots it leases.

A slot has one owner at a time, so the events of a stream leave in order without a lock on any row.
Should a paused relay go on after its lease, consumers see duplicates, which they drop. All times
are the database's: relays on hosts whose clocks disagree still agree on a lease.
"""

from math import ceil
from uuid import UUID

from sqlalchemy import Column, ColumnElement, delete, func, or_, select, update
from sqlmodel import Session

from govproject.messaging.topology import SLOTS
from govproject.persistence.sql import database_seconds, insert
from govproject.persistence.tables import RelayMember, RelaySlot, core

SECONDS = 6.0
"""How long the slots of a killed relay rest. They are renewed every third of it."""

_SLOT = core(RelaySlot)
_MEMBER = core(RelayMember)


def renew(session: Session, owner: UUID) -> frozenset[int]:
    """Extend what this relay leases up to its fair share, and give back what is beyond it.

    Returns:
        The slots it may publish for the next `SECONDS`.
    """
    now: float = session.execute(select(database_seconds())).scalar_one()
    until = now + SECONDS
    session.execute(
        insert(session, _MEMBER)
        .values(owner=owner, expires_at=until)
        .on_conflict_do_update(index_elements=[_MEMBER.c.owner], set_={"expires_at": until})
    )
    # SKIP LOCKED here and below: relays never wait for one another. SQLite has one writer anyway.
    gone = select(_MEMBER.c.owner).where(_expired(_MEMBER.c.expires_at, now))
    session.execute(
        delete(_MEMBER).where(_MEMBER.c.owner.in_(gone.with_for_update(skip_locked=True)))
    )
    members: int = session.execute(select(func.count()).select_from(_MEMBER)).scalar_one()
    rows = session.execute(
        select(_SLOT.c.slot, _SLOT.c.owner)
        .where(
            or_(
                _SLOT.c.owner.is_(None),
                _SLOT.c.owner == owner,
                _expired(_SLOT.c.expires_at, now),
            )
        )
        .order_by(_SLOT.c.slot)
        .with_for_update(skip_locked=True)
    ).all()
    # Own slots first: they move between relays only as far as fairness demands.
    mine = [slot for slot, holder in rows if holder == owner]
    free = [slot for slot, holder in rows if holder != owner]
    fair = ceil(SLOTS / members)
    leased = (mine + free)[:fair]
    _assign(session, leased, owner, until)
    _assign(session, mine[fair:], None, 0.0)
    return frozenset(leased)


def release(session: Session, owner: UUID) -> None:
    """Give everything back at once."""
    session.execute(update(_SLOT).where(_SLOT.c.owner == owner).values(owner=None, expires_at=0.0))
    session.execute(delete(_MEMBER).where(_MEMBER.c.owner == owner))


def _assign(session: Session, slots: list[int], owner: UUID | None, until: float) -> None:
    if slots:
        session.execute(
            update(_SLOT).where(_SLOT.c.slot.in_(slots)).values(owner=owner, expires_at=until)
        )


def _expired(expires_at: Column[float], now: float) -> ColumnElement[bool]:
    # A lease far in the future was made before the database's clock was set back.
    return or_(expires_at < now, expires_at > now + 2 * SECONDS)
