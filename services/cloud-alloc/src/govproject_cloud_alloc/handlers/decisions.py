"""The durable decision log: every answer of the gate is chained in before it leaves."""

import json
from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.facts import AllocationFacts
from govproject.ids import new_id
from govproject.regulation.findings import Decision
from govproject.web.paging import Page, Paging, paginate
from govproject_cloud_alloc import repository
from govproject_cloud_alloc.decision_log import EMPTY, canonical, link
from govproject_cloud_alloc.tables import LoggedDecision
from govproject_cloud_alloc.views import DecisionLogView, VerificationView

_BATCH = 500


def append(
    session: Session,
    context: Context,
    project_id: UUID,
    asked: dict[str, object],
    facts: AllocationFacts,
    decision: Decision,
) -> UUID:
    """Chain in what was asked, on which facts, and what was decided; answer with the link's id."""
    head = repository.log_head(session)
    content = canonical(
        {
            "asked": asked,
            "facts": facts.model_dump(mode="json"),
            "decision": decision.model_dump(mode="json"),
        }
    )
    entry = LoggedDecision(
        number=head.number + 1,
        id=new_id(),
        project_id=project_id,
        asked_by=context.caller.subject,
        decided_at=decision.evaluated_at,
        content=content,
        previous_digest=head.digest,
        digest="",
    )
    entry.digest = _digest(entry)
    session.add(entry)
    head.number, head.digest = entry.number, entry.digest
    return entry.id


def browse(session: Session, context: Context, paging: Paging) -> Page[DecisionLogView]:
    """The log from its beginning."""
    return paginate(
        session,
        select(LoggedDecision),
        key=col(LoggedDecision.number),
        paging=paging,
        view=lambda entry: DecisionLogView.model_validate(
            {**entry.model_dump(), "content": json.loads(entry.content)}
        ),
    )


def verify(session: Session, context: Context) -> VerificationView:
    """Walk the whole chain; name the first link that is missing, changed or out of place."""
    number, digest = 0, EMPTY
    while batch := repository.logged_after(session, number, _BATCH):
        for entry in batch:
            in_place = entry.number == number + 1 and entry.previous_digest == digest
            if not in_place or entry.digest != _digest(entry):
                return VerificationView(links=number, first_broken=number + 1, head=digest)
            number, digest = entry.number, entry.digest
        session.expunge_all()
    head = repository.log_head(session)
    whole = (head.number, head.digest) == (number, digest)
    return VerificationView(
        links=number, first_broken=None if whole else number + 1, head=head.digest
    )


def _digest(entry: LoggedDecision) -> str:
    return link(
        entry.previous_digest,
        entry.number,
        entry.id,
        entry.project_id,
        entry.asked_by,
        entry.decided_at,
        entry.content,
    )
