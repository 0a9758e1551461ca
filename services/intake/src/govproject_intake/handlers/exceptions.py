"""Exceptions from 原则上 rules: granted by the bureau, withdrawn by it, listed for all to see."""

from collections import Counter, defaultdict
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from govproject import hookspecs
from govproject.context import Context
from govproject.contracts import intake as events
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.persistence.tables import RecordedRelief
from govproject.regulation.liftable import in_principle
from govproject.reliefs import keeping, listing, recording
from govproject.reliefs.views import RecordRelief, ReliefStatus, ReliefView, WithdrawRelief
from govproject.terms import ReliefKind
from govproject.web.paging import Page, Paging, paginate
from govproject_intake import repository
from govproject_intake.handlers.projects import going_on, visible
from govproject_intake.oversight import (
    ExceptionCountsView,
    ExceptionQuery,
    ExceptionView,
    UnitExceptionsView,
)


def grant(
    session: Session, context: Context, project_id: UUID, command: RecordRelief
) -> ReliefView:
    """Record the bureau's exception from one rule, until a day.

    Raises:
        Forbidden: the approver applied for it, or for the project, or is of its unit.
        Conflict: the project is stopped, or an exception from the rule is in force for it.
        Invalid: the day is past, or the rule leaves no room for an exception.
    """
    project = going_on(session, context, project_id)
    recording.must_be_impartial(
        context.caller, unit=project.unit, applicants=(project.declared_by, command.applied_by)
    )
    recording.must_not_be_past(context, command.expires_on)
    if command.rule not in _liftable(context):
        raise Invalid(
            "not_liftable",
            f"“{command.rule}”不是“原则上”条款的规则，不能以例外方式准予。",
        )
    _must_be_the_only_one(session, context, project.id, command.rule)
    event = events.ExceptionGranted(
        project_id=project.id,
        exception_id=new_id(),
        kind=ReliefKind.EXCEPTION,
        approver=context.caller.subject,
        granted_at=context.now(),
        **dict(command),
    )
    context.publish(session, event)
    return listing.view(context, keeping.keep(session, event))


def withdraw(
    session: Session, context: Context, exception_id: UUID, command: WithdrawRelief
) -> ReliefView:
    """Withdraw an exception for what is still to be decided.

    Raises:
        NotFound: there is none.
        Conflict: it was withdrawn before.
    """
    record = recording.open_to_withdrawal(session, exception_id, ReliefKind.EXCEPTION)
    event = events.ExceptionWithdrawn(
        project_id=record.project_id,
        exception_id=record.id,
        rule=record.rule,
        reason=command.reason,
        withdrawn_by=context.caller.subject,
        withdrawn_at=context.now(),
    )
    context.publish(session, event)
    keeping.forget(session, event)
    return listing.view(context, record)


def browse(
    session: Session, context: Context, project_id: UUID, paging: Paging
) -> Page[ReliefView]:
    """All exceptions of a project, expired and withdrawn ones included; a unit sees its own."""
    visible(session, context, project_id)
    return listing.browse(session, context, project_id, ReliefKind.EXCEPTION, paging)


def browse_all(session: Session, context: Context, query: ExceptionQuery) -> Page[ExceptionView]:
    """The exceptions of all projects, in the order of granting."""
    return paginate(
        session,
        repository.exceptions(query.unit, context.today(), in_force=query.open),
        key=col(RecordedRelief.id),
        paging=query,
        view=lambda record: _with_project(session, context, record),
    )


def count(session: Session, context: Context) -> ExceptionCountsView:
    """How often each unit was excepted (Art 6)."""
    granted, expiries = Counter[str](), defaultdict[str, list[date]](list)
    for record in session.exec(repository.exceptions(None, context.today(), in_force=None)):
        unit = repository.project(session, record.project_id).unit
        granted[unit] += 1
        if listing.view(context, record).status is ReliefStatus.IN_FORCE:
            expiries[unit].append(record.expires_on)
    return ExceptionCountsView(
        units=[
            UnitExceptionsView(
                unit=unit,
                granted=times,
                in_force=len(expiries[unit]),
                next_expiry=min(expiries[unit], default=None),
            )
            for unit, times in sorted(granted.items(), key=lambda item: (-item[1], item[0]))
        ]
    )


def _must_be_the_only_one(session: Session, context: Context, project_id: UUID, rule: str) -> None:
    standing = repository.exceptions(None, context.today(), in_force=True).where(
        RecordedRelief.project_id == project_id, RecordedRelief.rule == rule
    )
    # An older build granted several.
    record = session.exec(standing.order_by(col(RecordedRelief.expires_on).desc())).first()
    if record is not None:
        raise Conflict(
            "exception_in_force",
            f"该项目对这条规则已有准予的例外（编号{record.id}，{record.document}，"
            f"有效期至{record.expires_on}），不能再次准予；如需变更依据或期限，请先撤回该例外。",
            id=str(record.id),
            expires_on=record.expires_on.isoformat(),
        )


def _with_project(session: Session, context: Context, record: RecordedRelief) -> ExceptionView:
    project = repository.project(session, record.project_id)
    return ExceptionView(
        **dict(listing.view(context, record)),
        project_name=project.project_name,
        unit=project.unit,
    )


def _liftable(context: Context) -> frozenset[str]:
    """The rules that say 原则上: the built-in ones of all services, and departments'."""
    return in_principle() | {
        check.rule
        for name in vars(hookspecs)
        if name.startswith("check_")
        for check in context.hooks.checks(name)
        if check.info is not None and check.info.relief is ReliefKind.EXCEPTION
    }
