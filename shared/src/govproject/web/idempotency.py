"""One effect per Idempotency-Key: the first answer is kept in the same transaction as the effect.

A request that fails leaves no record, so it may be repeated with the same key.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from govproject.errors import Invalid
from govproject.identity import Principal
from govproject.persistence.sql import insert
from govproject.persistence.tables import Idempotency, core

_CLAIMED = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered the first time."""

    status: int
    body: bytes


def claim(
    session: Session, caller: Principal, key: str, *, fingerprint: str, now: datetime
) -> Answer | None:
    """Take the key for this request; `None` means that the work is now to be done.

    A concurrent request with the same key waits in the database until this transaction ends.

    Raises:
        Invalid: `idempotency_key_reused`, the key was used for another request.
    """
    table = core(Idempotency)
    row = {**_primary_key(caller, key), "fingerprint": fingerprint}
    claimed = session.execute(
        insert(session, table)
        .values(**row, status=_CLAIMED, body=b"", created_at=now)
        .on_conflict_do_nothing()
        .returning(table.c.key)
    ).first()
    if claimed is not None:
        return None
    record = session.get_one(Idempotency, _primary_key(caller, key))
    if record.fingerprint != fingerprint:
        raise Invalid(
            "idempotency_key_reused", "这个 Idempotency-Key 已用于另一项操作，请更换后重试。"
        )
    return Answer(record.status, record.body)


def keep(session: Session, caller: Principal, key: str, answer: Answer) -> None:
    """Store the answer under a claimed key."""
    record = session.get_one(Idempotency, _primary_key(caller, key))
    record.status, record.body = answer.status, answer.body


def _primary_key(caller: Principal, key: str) -> dict[str, str]:
    # Units may share an account, but not their keys.
    return {"principal": f"{caller.subject}\n{caller.unit or ''}", "key": key}
