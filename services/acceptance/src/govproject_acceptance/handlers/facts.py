"""What the acceptance gate is asked: the records of a project as of one day, and a meeting.

A meeting may be recorded afterwards. What counts is what was in place on its day: a filing, a
guidance record, a report, an archive check or a repaired defect of later date does not.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.facts import AcceptanceFacts, ContractTerm, FreeOperations
from govproject.gates import ACCEPTANCE
from govproject.messaging import knowing
from govproject.organisations import within_any
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.terms import (
    AcceptanceStage,
    ContractSubject,
    ImplementationPlan,
)
from govproject.wording import is_reason
from govproject_acceptance import repository
from govproject_acceptance.handlers import (
    amounts,
    archived,
    beginning,
    filings,
    final_materials,
    indicators,
    issues,
    rectifications,
    uncontracted_payments,
)
from govproject_acceptance.handlers import changes as pending
from govproject_acceptance.handlers.access import visible
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.people import repeated, silent_dissent, unsigned
from govproject_acceptance.projection import (
    Approval,
    Contract,
    Project,
    goods_only,
)
from govproject_acceptance.rules.requirements import MEETINGS, next_stage
from govproject_acceptance.tables import AgencyReport, FinalRound, MustFixItem, TrialProblem
from govproject_acceptance.views import NextStep

_BUILDING = (ContractSubject.CONSTRUCTION, ContractSubject.GOODS, ContractSubject.SUPERVISION)


def gather(
    session: Session,
    context: Context,
    project: Project,
    stage: AcceptanceStage,
    *,
    held_on: date | None = None,
    **meeting: Any,
) -> AcceptanceFacts:
    """The facts for one step.

    Args:
        session: where to read.
        context: says what day it is.
        project: whose acceptance it is.
        stage: the step that is asked about.
        held_on: the day of the meeting, or the trial's first day; None: the question is about now.
        meeting: what is known of this step only, by the names of the facts.
    """
    day = held_on or context.today()
    waivers = {w.stage: w.reason for w in repository.waivers(session, project.id)}
    approval = repository.approval(session, project.id)
    contracts = repository.contracts(session, project.id)
    lots = [contract for contract in contracts if contract.carries_out(project.kind)]
    changes = repository.changes(session, project.id)
    reports = [r for r in repository.reports(session, project.id) if r.finished_on <= day]
    begun = beginning.of(project, approval, contracts)
    failed = _last_failed(session, project)
    return AcceptanceFacts.model_validate(
        {
            "today": context.today(),
            "reliefs": keeping.of(session, project.id),
            "stage": stage,
            "held_on": held_on,
            "kind": project.kind,
            "track": project.track,
            "amount_yuan": project.budget_yuan,
            "approved": approval is not None and approval.approved_on <= day,
            "approved_on": approval.approved_on if approval else None,
            # 项目验收前 (Art 27): what is no meeting is judged by the filing of now.
            "filing_status": filings.status(project, day if stage in MEETINGS else context.today()),
            **begun._asdict(),
            "completed_on": project.completed_on,
            "excluded": filings.excluded(session, context, project),
            "unfiled_changes": pending.unfiled(changes, day),
            "unapproved_changes": pending.unapproved(project, approval, changes, day),
            "contracts": sum(lot.contract_filed_on <= day for lot in lots),
            "goods_only": goods_only([lot for lot in lots if lot.contract_filed_on <= day]),
            "goods_free_ops": [
                FreeOperations(contractor=lot.contractor, months=lot.free_ops_months)
                for lot in lots
                if lot.subject is ContractSubject.GOODS
            ],
            "no_contract_reason": repository.no_contract_reason(session, project.id),
            "contract_terms": _terms(session, project, lots, day),
            "funds_yuan": amounts.funds(project, approval, changes, day),
            "content_changed": amounts.content_changed(
                project, approval, contracts, repository.plans(session, project.id), changes, day
            ),
            **uncontracted_payments.of(session, project.id),
            **amounts.contracted([c for c in contracts if c.award_notice_on <= day]),
            "supervision_contracted": any(
                c.supervisor or c.subject is ContractSubject.SUPERVISION
                for c in contracts
                if c.terminated_on is None
            ),
            **knowing.about(session, context, project.id),
            **_plans(session, project, approval),
            **_lists(session, project, day),
            "preliminary_passed_on": next(
                (r.held_on for r in repository.preliminary_rounds(session, project.id) if r.passed),
                None,
            ),
            "preliminary_waiver": waivers.get(AcceptanceStage.PRELIMINARY),
            "trial_waiver": waivers.get(AcceptanceStage.TRIAL),
            **_trial(session, project),
            **_reported(reports, begun.earliest_on, _building(project, contracts)),
            "guidance_recorded": any(
                g.agreed_on <= day and (failed is None or g.agreed_on > failed.held_on)
                for g in repository.guidance(session, project.id)
            ),
            "archive_check_passed": archived.covers(
                repository.archive_checks(session, project.id),
                archived.fallen_due(approval, contracts, reports, day),
                day,
            ),
            **final_materials.of(session, project.id, day),
            **_xinchuang(session, project),
            **indicators.of(session, project.id, day),
            **issues.of(session, project.id, day),
            **_lots(session, lots, day),
            **_pre_reviewed(session, project),
            **(rectifications.after(session, failed, day) if failed else {}),
            **meeting,
        }
    )


def upcoming(session: Session, context: Context, project: Project) -> NextStep | None:
    """The next step and what is missing for it; None once the project is accepted."""
    if project.state is AcceptanceState.ACCEPTED:
        return None
    thresholds = pack(project.rule_pack)
    facts = about_next_step(session, context, project, thresholds)
    return NextStep(stage=facts.stage, decision=context.ask(ACCEPTANCE, facts, pack=thresholds))


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[AcceptanceFacts, RulePack]:
    """A stored project at its next step, or at its last meeting once it is accepted."""
    project = visible(session, context, project_id)
    thresholds = pack(project.rule_pack)
    if project.state is AcceptanceState.ACCEPTED:
        last = repository.final_rounds(session, project.id)[-1]
        return _about_meeting(session, context, project, last), thresholds
    return about_next_step(session, context, project, thresholds), thresholds


def about_next_step(
    session: Session, context: Context, project: Project, thresholds: RulePack
) -> AcceptanceFacts:
    """The facts of the step that comes next for a project that is not accepted."""
    facts = gather(session, context, project, AcceptanceStage.FINAL)
    return facts.model_copy(update={"stage": next_stage(facts, thresholds)})


def accepted_lots(session: Session, project_id: UUID, day: date) -> dict[UUID, date]:
    """The lots that had been accepted by that day, by contract, each with the day it was."""
    return {
        each.contract_id: each.held_on
        for each in repository.lot_rounds(session, project_id)
        if each.passed and each.held_on <= day
    }


def _about_meeting(
    session: Session, context: Context, project: Project, meeting: FinalRound
) -> AcceptanceFacts:
    return gather(
        session,
        context,
        project,
        AcceptanceStage.FINAL,
        held_on=meeting.held_on,
        external_experts=meeting.external_experts,
        repeated_experts=repeated(meeting.experts),
        votes_in_favour=meeting.votes_in_favour,
        unsigned_experts=unsigned(meeting.experts),
        silent_dissent=silent_dissent(meeting.experts),
        mobile_found=meeting.mobile,
        lists_compared=tuple(meeting.compared),
        xinchuang_compared=meeting.xinchuang is not None and is_reason(meeting.xinchuang),
        **(
            {"indicators": None, "indicators_unanswered": ()}
            if meeting.indicators is None
            else indicators.of(session, project.id, meeting.held_on, meeting.indicators)
        ),
        settled_yuan=meeting.settled_yuan,
        vetoes={veto: "found" if found else "clear" for veto, found in meeting.vetoes.items()},
        opinion_on_file=meeting.opinion_paper is not None,
        resolution_on_file=meeting.resolution_paper is not None,
    )


def _terms(
    session: Session, project: Project, lots: Sequence[Contract], day: date
) -> list[ContractTerm]:
    """The lots' last days; what was accepted by itself was completed by then."""
    accepted = accepted_lots(session, project.id, day)
    terms = []
    for lot in lots:
        if lot.ends_on is not None:
            done = [each for each in (accepted.get(lot.id), project.completed_on) if each]
            completed_on = min(done, default=None)
            terms.append(
                ContractTerm(
                    contractor=lot.contractor, ends_on=lot.ends_on, completed_on=completed_on
                )
            )
    return terms


def _lots(session: Session, lots: Sequence[Contract], day: date) -> dict[str, object]:
    """The lots, and which are left; a single one is the project itself."""
    if len(lots) <= 1:
        return {"lots": len(lots)}
    accepted = accepted_lots(session, lots[0].project_id, day)
    return {
        "lots": len(lots),
        "lots_not_accepted": tuple(lot.contractor for lot in lots if lot.id not in accepted),
    }


def _pre_reviewed(session: Session, project: Project) -> dict[str, object]:
    """What was declared and promised then; what is not known stays unknown."""
    known = repository.pre_review(session, project.id)
    if known is None:
        return {}
    return {"mobile_declared": known.mobile, "lists_promised": known.lists}


def _xinchuang(session: Session, project: Project) -> dict[str, object]:
    """What the party office said of it; what is not known stays unknown."""
    said = repository.party_office_opinion(session, project.id)
    if said is None:
        return {}
    return {"xinchuang_verdict": said.verdict, "xinchuang_opinion": said.opinion}


def _plans(session: Session, project: Project, approval: Approval | None) -> dict[str, object]:
    """The last word on each plan. A plan of resources that came from elsewhere is one as well."""
    last = {plan.kind: plan for plan in repository.plans(session, project.id)}
    there = [kind for kind, plan in last.items() if plan.paper is not None]
    if project.cloud_planned or (approval is not None and approval.cloud_planned):
        there.append(ImplementationPlan.CLOUD)
    return {
        "plans": tuple(kind for kind in ImplementationPlan if kind in there),
        "plans_not_applicable": {
            kind: plan.not_applicable
            for kind, plan in last.items()
            if plan.not_applicable is not None and kind not in there
        },
    }


def _lists(session: Session, project: Project, day: date) -> dict[str, object]:
    """What of the rectification list and the trial's problems was left on that day."""
    to_fix = [
        item
        for item in repository.must_fix_items(session, project.id)
        if item.fixed_on is None or item.fixed_on > day
    ]
    to_solve = [
        problem
        for problem in repository.trial_problems(session, project.id)
        if problem.solved_on is None or problem.solved_on > day
    ]
    return {
        "must_fix_open": len(to_fix),
        "must_fix_explained": _explained(to_fix, day),
        "trial_problems_open": len(to_solve),
        "trial_problems_explained": _explained(to_solve, day),
    }


def _explained(entries: Sequence[MustFixItem] | Sequence[TrialProblem], day: date) -> int:
    return sum(entry.explained_on is not None and entry.explained_on <= day for entry in entries)


def _trial(session: Session, project: Project) -> dict[str, object]:
    trials = repository.trials(session, project.id)
    if not trials:
        return {}
    last = trials[-1]
    return {
        "trial_started_on": last.started_on,
        "trial_ended_on": last.ended_on,
        "trial_overrun_reason": last.overrun_reason,
    }


def _building(project: Project, contracts: Sequence[Contract]) -> set[str]:
    """Who is no third party for a test: the unit, who builds or delivers, and who supervises.

    Of a contract that an older build told without its subject nobody knows: it may be the test's.
    One that ended with nothing settled was recorded in error.
    """
    held = [c for c in contracts if c.terminated_on is None or c.settled_yuan]
    return {
        project.unit,
        *(c.contractor for c in held if c.subject in _BUILDING),
        *(c.supervisor for c in held if c.supervisor),
    }


def _reported(
    reports: list[AgencyReport], earliest_on: date | None, involved: set[str]
) -> dict[str, object]:
    own = [r for r in reports if within_any(r.agency, involved)]
    early = [r for r in reports if earliest_on is not None and r.finished_on < earliest_on]
    left_out = (*early, *own)
    unseen = [r for r in reports if r not in left_out and r.paper is None]
    counted = [r for r in reports if r not in (*left_out, *unseen)]
    return {
        "test_report": "、".join(report.report_number for report in counted) or None,
        "test_report_covers": tuple({s: None for r in counted for s in r.covers}),
        "early_reports": tuple(report.report_number for report in early),
        "own_reports": tuple(report.report_number for report in own),
        "reports_without_file": tuple(report.report_number for report in unseen),
    }


def _last_failed(session: Session, project: Project) -> FinalRound | None:
    failed = [r for r in repository.final_rounds(session, project.id) if not r.passed]
    return failed[-1] if failed else None
