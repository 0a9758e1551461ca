"""Spot checks of filed projects: drawn by lot, four items each, orders where one fails (Art 29)."""

import secrets
from uuid import UUID

from sqlmodel import Session, col, select

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.web.paging import Page, Paging, paginate
from govproject_intake import repository
from govproject_intake.draw import sample
from govproject_intake.oversight import (
    CheckedView,
    DrawSpotCheck,
    RecordSpotCheck,
    SpotCheckView,
)
from govproject_intake.tables import SpotCheck, SpotCheckResult


def draw(session: Session, context: Context, command: DrawSpotCheck) -> SpotCheckView:
    """Draw filed projects with a seed that nobody chose; a decommissioned one has ended.

    Raises:
        Conflict: fewer projects are filed.
    """
    population = sorted(repository.filed_projects(session))
    if len(population) < command.size:
        raise Conflict(
            "too_few_filed",
            f"已报备项目只有{len(population)}个，不足抽查数量{command.size}个。",
            filed=len(population),
        )
    check = SpotCheck(
        id=new_id(),
        occasion=command.occasion,
        seed=secrets.token_hex(16),
        size=command.size,
        population=population,
        drawn_by=context.caller.subject,
        drawn_at=context.now(),
    )
    session.add(check)
    return view(session, check)


def record(
    session: Session, context: Context, spot_check_id: UUID, command: RecordSpotCheck
) -> SpotCheckView:
    """Record what was found at a drawn project, on all four items.

    Raises:
        Invalid: the project was not drawn.
        Conflict: it is recorded already.
    """
    check = repository.spot_check(session, spot_check_id)
    if command.project_id not in sample(check.population, check.seed, check.size):
        raise Invalid("not_drawn", "该项目不在本次抽查范围内，请核对。", id=str(command.project_id))
    if repository.spot_check_result(session, check.id, command.project_id) is not None:
        raise Conflict("already_checked", "该项目的核查结果已登记。")
    session.add(
        SpotCheckResult(
            spot_check_id=check.id,
            project_id=command.project_id,
            items=command.items,
            inspector=context.caller.subject,
            recorded_at=context.now(),
        )
    )
    session.flush()
    return view(session, check)


def show(session: Session, context: Context, spot_check_id: UUID) -> SpotCheckView:
    """One spot check with its draw."""
    return view(session, repository.spot_check(session, spot_check_id))


def browse(session: Session, context: Context, paging: Paging) -> Page[SpotCheckView]:
    """Spot checks, the latest first."""
    return paginate(
        session,
        select(SpotCheck),
        key=col(SpotCheck.id),
        paging=paging,
        view=lambda check: view(session, check),
        newest_first=True,
    )


def found_wanting(session: Session, spot_check_id: UUID, project_id: UUID) -> None:
    """An order rests on what the check found there.

    Raises:
        NotFound: there is no such check.
        Conflict: nothing is recorded of this project, or all four items are in order.
    """
    repository.spot_check(session, spot_check_id)
    result = repository.spot_check_result(session, spot_check_id, project_id)
    if result is None or not _is_wanting(result):
        raise Conflict("nothing_found_wanting", "本次抽查未登记该项目存在问题，不能据以责令整改。")


def view(session: Session, check: SpotCheck) -> SpotCheckView:
    """One spot check, and what was found at each project that it drew."""
    return SpotCheckView.model_validate(
        {
            **check.model_dump(),
            "projects": [
                _checked(session, check, project_id)
                for project_id in sample(check.population, check.seed, check.size)
            ],
        }
    )


def _is_wanting(result: SpotCheckResult) -> bool:
    return not all(finding.in_order for finding in result.items.values())


def _checked(session: Session, check: SpotCheck, project_id: UUID) -> CheckedView:
    project = repository.project(session, project_id)
    result = repository.spot_check_result(session, check.id, project_id)
    order = repository.order_after(session, check.id, project_id)
    return CheckedView(
        project_id=project.id,
        project_name=project.project_name,
        unit=project.unit,
        items=result.items if result else None,
        inspector=result.inspector if result else None,
        recorded_at=result.recorded_at if result else None,
        order_id=order.id if order else None,
        order_wanting=order is None and result is not None and _is_wanting(result),
    )
