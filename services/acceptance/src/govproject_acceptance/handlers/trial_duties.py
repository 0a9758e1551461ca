"""A trial's last day is a duty: open from its start on, closed by its end (Art 19)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.obligations.repository import of_rule
from govproject.regulation.pack import pack
from govproject.service import Surroundings
from govproject_acceptance import repository
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.projection import Project
from govproject_acceptance.rules.article_19_trial import (
    end_trial_in_time,
    trial_period_3_to_6_months,
)

_RULE = trial_period_3_to_6_months.__name__


def started(session: Session, context: Context, project: Project, started_on: date) -> None:
    """It takes the place of one whose end an older build recorded without closing its duty."""
    _close(session, context, project.id, f"{started_on.isoformat()}另行开始试运行")
    duty = end_trial_in_time(started_on, pack(project.rule_pack))
    KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)


def ended(session: Session, context: Context, project_id: UUID, ended_on: date) -> None:
    """The end is what the duty asks for, late as well; why it was late, the final asks."""
    _close(session, context, project_id, f"试运行于{ended_on.isoformat()}结束")


def open_next(given: Surroundings) -> bool:
    """Open the duty of one trial that an older build began, if any is left that runs."""
    # Serializable: two replicas that find the same trial do not both open its duty.
    with given.db.write(serializable=True) as session:
        found = repository.trial_without_duty(session, _RULE)
        if found is None:
            return False
        trial, project = found
        duty = end_trial_in_time(trial.started_on, pack(project.rule_pack))
        KEEPER.open_at(
            session, given.publish, given.clock(), duty, project_id=project.id, unit=project.unit
        )
        return True


def _close(session: Session, context: Context, project_id: UUID, proof: str) -> None:
    duty = of_rule(session, project_id, _RULE)
    if duty is not None and duty.closed_at is None:
        KEEPER.close(session, context, duty, proof)
