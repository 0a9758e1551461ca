"""Process material is uploaded in time: a duty of each milestone, closed by the files (Art 18)."""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from govproject.contracts.archive import SOURCE
from govproject.contracts.event import Event
from govproject.messaging import Delivery
from govproject.obligations import repository as duties
from govproject.obligations.keeping import move_at
from govproject.persistence.tables import Obligation
from govproject.regulation.pack import pack
from govproject.service import Surroundings
from govproject_archive import repository
from govproject_archive.handlers.obligations import KEEPER
from govproject_archive.handlers.process_material import milestones
from govproject_archive.rules.article_18_process_files import (
    upload_by,
    upload_in_time,
    upload_process_files,
)
from govproject_archive.tables import DueProcessFile, Project

_UPLOADED = "材料已上传"
_STOPPED = "项目已报停用"


def settle(
    session: Session,
    project: Project,
    *,
    publish: Callable[[Session, Event], object],
    now: datetime,
    proof: str,
    by: str,
) -> None:
    """Open the duty of each milestone that lacks material, and close those that lack none any more.

    A file that names no contract may turn out to be another one's: what lacks its material again
    has a new duty. Of an undeclared project all of them wait.

    Args:
        session: in which the project is locked.
        project: whose milestones are looked through.
        publish: takes what is published of it.
        now: the moment.
        proof: what closes a duty that is done now.
        by: who or what brought that about.
    """
    if project.unit is None or project.rule_pack is None:
        return
    rules = pack(project.rule_pack)
    for asked, left in milestones(session, project):
        duty = _open_duty(session, asked)
        if not left:
            if duty is not None:
                KEEPER.close_at(session, publish, now, duty, proof, by=by)
            continue
        reached_on, basis = asked[0].reached_on, asked[0].basis
        wanted = upload_in_time(
            [row.kind for row in asked], reached_on=reached_on, basis=basis, pack=rules
        )
        if duty is None:
            opened = KEEPER.open_at(
                session, publish, now, wanted, project_id=project.id, unit=project.unit
            )
            for row in asked:
                row.obligation_id = opened.id
        else:
            duty.task = wanted.task
            move_at(session, publish, now.date(), KEEPER.events, duty, upload_by(reached_on, rules))


def on_event(session: Session, project: Project, delivery: Delivery) -> None:
    """The same after an event of another service."""
    settle(
        session,
        project,
        publish=delivery.publish,
        now=delivery.now,
        proof=_UPLOADED if project.decommissioned_at is None else _STOPPED,
        by=delivery.source,
    )


def settle_next(given: Surroundings, after: UUID | None) -> UUID | None:
    """Put the duties of one project right that an older build did not open, move or close.

    Args:
        given: the service's surroundings.
        after: the project that was looked through last, if any.

    Returns:
        The project that was looked through; None if none is left.
    """
    with given.db.write() as session:
        project = repository.next_with_material_duty(session, upload_process_files.__name__, after)
        if project is None:
            return None
        settle(
            session,
            project,
            publish=given.publish,
            now=given.clock(),
            proof=_UPLOADED if project.decommissioned_at is None else _STOPPED,
            by=SOURCE,
        )
        return project.id


def _open_duty(session: Session, asked: Iterable[DueProcessFile]) -> Obligation | None:
    for obligation_id in {row.obligation_id for row in asked}:
        if obligation_id is not None:
            duty = duties.one(session, obligation_id)
            if duty.closed_at is None:
                return duty
    return None
