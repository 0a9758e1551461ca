"""The durable queue of what the cloud must do; nothing calls a cloud inside a request."""

import json
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from govproject.adapters import CloudOrder, CloudProvider
from govproject.context import Context
from govproject.persistence.database import Database
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.lifecycle import AllocationState
from govproject_cloud_alloc.tables import Allocation, CloudWork
from govproject_cloud_alloc.views import CloudWorkView

# 2, 4, 8 … seconds, and in the end about 17 minutes.
_MOST_DOUBLINGS = 10


def order(
    session: Session, context: Context, allocation: Allocation, action: str, *, reason: str
) -> None:
    """Queue one action. `reason` makes the key unique: the decision or order it follows from."""
    session.add(
        CloudWork(
            key=f"{allocation.id}:{action}:{reason}",
            number=repository.last_work_number(session) + 1,
            allocation_id=allocation.id,
            action=action,
            next_attempt=context.now(),
            created_at=context.now(),
        )
    )
    session.flush()


def do_next(db: Database, provider: CloudProvider, now: datetime) -> bool:
    """Do the oldest due work with the cloud; answer whether there was any.

    The cloud is called outside of any transaction. A crash in between repeats the call with the
    same key, which providers must tolerate.
    """
    with db.read() as session:
        work = repository.next_work(session, now)
        if work is None:
            return False
        action = work.action
        allocation = session.get_one(Allocation, work.allocation_id)
        cloud_order = CloudOrder(
            key=work.key,
            project_id=allocation.project_id,
            allocation_id=allocation.id,
            resources=allocation.resources,
        )
    proof, error = None, None
    try:
        # Through JSON and back: what cannot be kept as proof is a failure of the call.
        proof = json.loads(json.dumps(getattr(provider, action)(cloud_order), allow_nan=False))
    except (Exception, SystemExit) as failure:  # noqa: BLE001  # whatever a cloud raises is kept and retried
        error = f"{type(failure).__name__}: {failure}"
    with db.write() as session:
        _record(session, cloud_order.key, now, proof, error)
    return True


def _record(
    session: Session, key: str, now: datetime, proof: dict[str, object] | None, error: str | None
) -> None:
    work = session.get_one(CloudWork, key, with_for_update=True)
    work.attempts += 1
    work.error = error
    if error is not None:
        work.next_attempt = now + timedelta(seconds=2 ** min(work.attempts, _MOST_DOUBLINGS))
        return
    work.done, work.proof = True, proof
    allocation = session.get_one(Allocation, work.allocation_id, with_for_update=True)
    if work.action == "provision" and allocation.state is AllocationState.GRANTED:
        allocation.state = AllocationState.ACTIVE


def browse(session: Session, context: Context, paging: Paging) -> Page[CloudWorkView]:
    """What the cloud was told to do, in order."""
    return paginate(
        session,
        select(CloudWork),
        key=col(CloudWork.number),
        paging=paging,
        view=lambda work: CloudWorkView.model_validate(work, from_attributes=True),
    )
