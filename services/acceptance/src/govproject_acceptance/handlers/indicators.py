"""The main technical and efficiency indicators, fixed before acceptance, judged at it (Art 19)."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.names import plain
from govproject.terms import ChangeAspect, IndicatorSource, Track
from govproject_acceptance import repository
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.indicators import (
    IndicatorsView,
    IndicatorView,
    JudgedIndicator,
    JudgeIndicator,
    RecordIndicator,
    RecordIndicators,
)
from govproject_acceptance.papers import Paper
from govproject_acceptance.projection import Project
from govproject_acceptance.tables import Indicator

_INDICATED = {ChangeAspect.CONTENT, ChangeAspect.SCALE}
"""What a change has to touch to change what was to be reached."""


def record(
    session: Session, context: Context, project_id: UUID, command: RecordIndicators
) -> IndicatorsView:
    """Add indicators to the list; once a meeting rests on it, a formal change alone does.

    Raises:
        Conflict: the list is fixed, an indicator of that name holds, or what a change of before
            the first meeting would replace was fixed at it.
        Invalid: a change or what is to be replaced is not the project's, or the change is no
            formal one.
    """
    project = in_progress(session, context, project_id)
    recorded = repository.indicators(session, project.id)
    fixed_on = _fixed_on(session, project.id, recorded)
    if fixed_on is not None:
        _must_follow_changes(command)
    holding = {each.id: each for each in current(recorded)}
    added = []
    for given in command.indicators:
        if given.change_id is not None:
            filed_on = _formal(session, project, given.change_id)
            if given.replaces and fixed_on is not None and filed_on < fixed_on:
                raise Conflict(
                    "change_before_meeting",
                    f"该变更在{fixed_on}验收会以前已报备，当时未据以调整指标，不能再用以取代已固定的指标。",
                    id=str(given.change_id),
                )
        added.append(_indicator(session, context, project, given))
        for replaced in given.replaces:
            if replaced not in holding:
                raise Invalid(
                    "indicator_unknown", "拟取代的指标不是本项目现行的指标。", id=str(replaced)
                )
            holding.pop(replaced).replaced_by = added[-1].id
    for indicator in added:
        _must_be_new(indicator, holding.values())
    session.add_all(added)
    session.flush()
    return IndicatorsView(indicators=[*map(view, repository.indicators(session, project.id))])


def judge(
    session: Session, project: Project, held_on: date, results: Sequence[JudgeIndicator]
) -> list[JudgedIndicator]:
    """What a final found of each indicator, with the file that it rests on.

    Raises:
        Invalid: an indicator is not the project's or did not hold on the day of the meeting, or
            the file is none of its test reports and acceptance materials of until then.
    """
    holding = {each.id: each for each in _on(session, project.id, held_on)}
    files = {paper.file_id: paper for paper in _papers(session, project.id, held_on)}
    judged = []
    for result in results:
        if result.indicator_id not in holding:
            raise Invalid(
                "indicator_unknown",
                "认定的指标不是本项目在验收会当天现行的指标。",
                id=str(result.indicator_id),
            )
        indicator = holding[result.indicator_id]
        if result.file_id not in files:
            raise Invalid(
                "indicator_unsupported",
                f"认定指标“{indicator.name}”所依据的文件不是已登记的测评报告、标段验收材料或终验材料。",
                id=str(result.file_id),
            )
        judged.append(
            JudgedIndicator(
                indicator_id=indicator.id,
                name=indicator.name,
                promised=indicator.promised,
                achieved=result.achieved,
                met=result.met,
                paper=files[result.file_id],
            )
        )
    return judged


def of(
    session: Session, project_id: UUID, day: date, judged: Sequence[JudgedIndicator] = ()
) -> dict[str, object]:
    """What the gate is told: how many hold on a day, which are not judged, which are not met."""
    holding = _on(session, project_id, day)
    answered = {result.indicator_id for result in judged}
    return {
        "indicators": len(holding),
        "indicators_unanswered": tuple(i.name for i in holding if i.id not in answered),
        "indicators_unmet": tuple(result.name for result in judged if not result.met),
        "indicators_after_failed_on": _failed_before(session, project_id),
    }


def current(recorded: Sequence[Indicator]) -> list[Indicator]:
    """Those that no other took the place of."""
    return [indicator for indicator in recorded if indicator.replaced_by is None]


def view(indicator: Indicator) -> IndicatorView:
    """One indicator."""
    return IndicatorView.model_validate(indicator, from_attributes=True)


def _indicator(
    session: Session, context: Context, project: Project, given: RecordIndicator
) -> Indicator:
    return Indicator(
        id=new_id(),
        project_id=project.id,
        paper=papers.referred(session, context, given.file_id),
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **given.model_dump(exclude={"file_id", "replaces"}),
    )


def _on(session: Session, project_id: UUID, day: date) -> list[Indicator]:
    """Those that held on a day: a change has its effect from the day of its filing on."""
    filed = {
        change.id: legal_day(change.filed_at)
        for change in repository.changes(session, project_id)
        if change.filed_at is not None
    }
    there = [
        indicator
        for indicator in repository.indicators(session, project_id)
        if indicator.change_id is None or filed[indicator.change_id] <= day
    ]
    known = {indicator.id for indicator in there}
    return [indicator for indicator in there if indicator.replaced_by not in known]


def _fixed_on(session: Session, project_id: UUID, recorded: Sequence[Indicator]) -> date | None:
    """The day of the first meeting recorded since there is a list; older builds asked for none."""
    if not recorded:
        return None
    since = min(indicator.recorded_at for indicator in recorded)
    meetings = (
        *((m.recorded_at, m.held_on) for m in repository.preliminary_rounds(session, project_id)),
        *((m.recorded_at, m.held_on) for m in repository.lot_rounds(session, project_id)),
        *((m.recorded_at, m.held_on) for m in repository.final_rounds(session, project_id)),
    )
    return min((held_on for recorded_at, held_on in meetings if recorded_at >= since), default=None)


def _failed_before(session: Session, project_id: UUID) -> date | None:
    """The day of the last final that had failed when the list was begun."""
    recorded = repository.indicators(session, project_id)
    if not recorded:
        return None
    since = min(indicator.recorded_at for indicator in recorded)
    failed = [r for r in repository.final_rounds(session, project_id) if not r.passed]
    return max((r.held_on for r in failed if r.recorded_at < since), default=None)


def _must_follow_changes(command: RecordIndicators) -> None:
    for indicator in command.indicators:
        if indicator.source is not IndicatorSource.CHANGE:
            raise Conflict(
                "indicators_fixed",
                f"项目已组织验收，指标“{indicator.name}”只能依据正式变更增加或调整。",
                name=indicator.name,
            )


def _formal(session: Session, project: Project, change_id: UUID) -> date:
    """The day on which a change that may alter the list was filed. Raises Invalid."""
    changes = {change.id: change for change in repository.changes(session, project.id)}
    if change_id not in changes:
        raise Invalid("change_unknown", "该变更不是本项目的变更。", id=str(change_id))
    change = changes[change_id]
    unapproved = project.track is Track.FULL_PROCESS and change.approved is False
    if change.filed_at is None or unapproved:
        raise Invalid(
            "change_not_formal",
            "该变更尚未报备，或全过程管理项目的变更尚未批准。",
            id=str(change_id),
        )
    if not _INDICATED & set(change.aspects):
        raise Invalid(
            "change_not_formal",
            "该变更不涉及建设内容或规模，不能调整指标。",
            id=str(change_id),
        )
    return legal_day(change.filed_at)


def _must_be_new(indicator: Indicator, others: Iterable[Indicator]) -> None:
    if any(plain(other.name) == plain(indicator.name) for other in others):
        raise Conflict(
            "indicator_recorded",
            f"指标“{indicator.name}”已登记。",
            name=indicator.name,
        )


def _papers(session: Session, project_id: UUID, day: date) -> list[Paper]:
    """What the experts of a day can have found it in."""
    reports = (r.paper for r in repository.reports(session, project_id) if r.finished_on <= day)
    lots = (r.paper for r in repository.lot_rounds(session, project_id) if r.held_on <= day)
    return [
        *(paper for paper in reports if paper is not None),
        *(material.paper for material in repository.final_materials(session, project_id)),
        *lots,
    ]
