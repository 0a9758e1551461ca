"""What was approved, and what has come to differ from it (Arts 18, 28)."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from operator import itemgetter
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.review import ProjectApproved
from govproject.messaging import Delivery
from govproject.resources import Resources
from govproject.terms import ChangeAspect, MaterialKind, Track
from govproject_intake import repository
from govproject_intake.construction import (
    BaselineView,
    ComparisonView,
    DifferenceView,
    FrozenView,
)
from govproject_intake.handlers.projects import visible
from govproject_intake.tables import Baseline, Change, Project


def freeze(session: Session, project: Project, event: ProjectApproved, delivery: Delivery) -> None:
    """Keep what was approved as it was then (Art 18)."""
    plan = next(
        (
            material
            for material in repository.materials(session, project.id)
            if material.kind is MaterialKind.IMPLEMENTATION_PLAN
        ),
        None,
    )
    session.add(
        Baseline(
            project_id=project.id,
            approval_number=event.approval_number,
            project_code=event.project_code,
            approved_on=event.approved_on,
            approved_yuan=event.approved_yuan,
            fiscal_report=project.fiscal_report,
            project_name=project.project_name,
            kind=project.kind,
            builds_system=project.builds_system,
            deployment_target=project.deployment_target,
            plan_name=plan.name if plan else None,
            plan_sha256=plan.sha256 if plan else None,
            cloud_plan=event.cloud_plan,
            responsible_body=project.responsible_body,
            responsible_person=project.responsible_person,
            frozen_at=delivery.time,
        )
    )


def approved_on(session: Session, project: Project) -> date | None:
    """The day of the approval; None before it, and where nobody kept it."""
    baseline = repository.baseline(session, project.id)
    return baseline.approved_on if baseline else None


def approved_yuan(session: Session, project: Project) -> Decimal | None:
    """The approved amount; the project's where an approval came before amounts were kept."""
    baseline = repository.baseline(session, project.id)
    if baseline is not None:
        return baseline.approved_yuan
    return project.budget_yuan if project.approval_number else None


def ceiling_yuan(session: Session, project: Project) -> Decimal | None:
    """What may be spent: the approved amount, or that of the last change approved and filed.

    A change filed before what was approved was frozen is part of it. On the filing track it is the
    filed amount, which nothing but a filed change alters. None before the approval.
    """
    if project.track is Track.FILING:
        return project.budget_yuan
    amounts = [change.new_budget_yuan for change in _counting(session, project)]
    return next((each for each in amounts if each is not None), approved_yuan(session, project))


def changed_plan(session: Session, project: Project) -> Resources | None:
    """The cloud resources of the last change of them that was approved and filed; None without."""
    plans = [change.new_cloud_plan for change in _counting(session, project)]
    return next((each for each in plans if each is not None), None)


def _counting(session: Session, project: Project) -> list[Change]:
    """The changes of what was approved that are approved and filed themselves, the last first."""
    baseline = repository.baseline(session, project.id)
    counting = [
        (change.filed_at, change)
        for change in repository.changes(session, project.id)
        if change.filed_at is not None
        and change.approved_on is not None
        and (baseline is None or change.filed_at >= baseline.frozen_at)
    ]
    return [change for _, change in sorted(counting, key=itemgetter(0), reverse=True)]


def show(session: Session, context: Context, project_id: UUID) -> BaselineView:
    """What was approved and how each change since then differs from it."""
    visible(session, context, project_id)
    baseline = repository.baseline(session, project_id)
    return BaselineView(
        project_id=project_id,
        baseline=FrozenView.model_validate(baseline, from_attributes=True) if baseline else None,
        changes=[_compared(change, baseline) for change in _since(session, baseline)]
        if baseline
        else [],
        contracted_yuan=repository.contracted_yuan(session, project_id),
    )


def _since(session: Session, baseline: Baseline) -> Iterator[Change]:
    for change in repository.changes(session, baseline.project_id):
        if change.determined_at >= baseline.frozen_at:
            yield change


def _compared(change: Change, baseline: Baseline) -> ComparisonView:
    return ComparisonView(
        change_id=change.id,
        aspects=change.aspects,
        description=change.description,
        determined_at=change.determined_at,
        filed_at=change.filed_at,
        withdrawn_at=change.withdrawn_at,
        withdrawal_reason=change.withdrawal_reason,
        differences=[
            DifferenceView(aspect=aspect, approved=approved, changed=changed)
            for aspect, approved, changed in _values(change, baseline)
            if changed is not None and changed != approved
        ],
    )


def _values(
    change: Change, baseline: Baseline
) -> Iterator[tuple[ChangeAspect, str | None, str | None]]:
    """Aspect, as approved, as changed; None where nothing was approved or changed."""
    described = dict.fromkeys(change.aspects, change.description)
    plan, new_plan = baseline.cloud_plan, change.new_cloud_plan
    new_amount = change.new_budget_yuan
    yield ChangeAspect.CONTENT, baseline.plan_name, described.get(ChangeAspect.CONTENT)
    yield (
        ChangeAspect.SCALE,
        plan.in_words() if plan else None,
        new_plan.in_words() if new_plan else described.get(ChangeAspect.SCALE),
    )
    yield (
        ChangeAspect.AMOUNT,
        f"{baseline.approved_yuan}元",
        f"{new_amount}元" if new_amount is not None else None,
    )
    yield ChangeAspect.RESPONSIBILITY, baseline.responsible_body, change.new_responsible_body
    yield ChangeAspect.RESPONSIBILITY, baseline.responsible_person, change.new_responsible_person
