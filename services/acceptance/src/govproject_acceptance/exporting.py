"""Finding what tables are written from: of all units, or of one, at once."""

from datetime import date

from sqlmodel import Session, col, select

from govproject_acceptance.projection import Project
from govproject_acceptance.tables import Evaluation


def evaluations_in_detail(
    session: Session, unit: str | None, year: int | None
) -> list[tuple[Evaluation, Project]]:
    """Evaluations with their projects, all or those concluded in a year, first to last."""
    query = select(Evaluation, Project).join(Project)
    if unit is not None:
        query = query.where(Project.unit == unit)
    if year is not None:
        query = query.where(
            Evaluation.evaluated_on >= date(year, 1, 1),
            Evaluation.evaluated_on <= date(year, 12, 31),
        )
    ordered = query.order_by(col(Evaluation.evaluated_on), col(Evaluation.id))
    return list(session.exec(ordered))
