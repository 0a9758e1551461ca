"""The meetings, duties and evaluations that a project stands before (Arts 19-24, 30-33)."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.facts import AcceptanceFacts
from govproject.gates import ACCEPTANCE, EVALUATION, OPERATION
from govproject.identity import Role
from govproject.next_steps.steps import Asked, Errand, NextSteps, Step, Subject, Waiting
from govproject.obligations.repository import of_rule
from govproject.regulation.citation import Citation
from govproject.regulation.pack import RulePack, pack
from govproject.terms import AcceptanceStage, EvaluationDimension, ParticipantRole, Veto
from govproject_acceptance import repository
from govproject_acceptance.handlers import (
    contract_duties,
    evaluations,
    issues,
    operation,
    projects,
    self_evaluations,
)
from govproject_acceptance.handlers.access import visible
from govproject_acceptance.handlers.facts import about_next_step, accepted_lots, gather
from govproject_acceptance.lifecycle import AcceptanceState
from govproject_acceptance.projection import Project
from govproject_acceptance.rules.article_15_schedule import MANAGED
from govproject_acceptance.rules.article_19_trial import LIMIT
from govproject_acceptance.rules.article_21_self_evaluation import self_evaluation_12_months
from govproject_acceptance.rules.article_30_operation import owner_responsible


def subject(session: Session, context: Context, project_id: UUID) -> Subject:
    """A project that the caller may see."""
    project = visible(session, context, project_id)
    approval = repository.approval(session, project_id)
    codes = (("立项批复文号", approval.approval_number),) if approval else ()
    return Subject(project.project_name, project.unit, codes)


def _indicators(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    """Once it is known who carries the project out, until the first indicator is on record."""
    project = repository.project(session, project_id)
    carried_out = repository.lots(session, project) or repository.no_contract_reason(
        session, project_id
    )
    unfixed = not repository.indicators(session, project_id)
    if _in_progress(project) and carried_out and unfixed:
        yield Waiting()


def _untrue_documents(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    """Each document that is called untrue, until the bureau has looked into it."""
    if _in_progress(repository.project(session, project_id)):
        for issue in issues.unverified(session, project_id):
            yield Waiting(issue.issue, {"issue_id": issue.id})


def _preliminary(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    for facts, rules in _at(session, context, project_id, AcceptanceStage.PRELIMINARY):
        participants = tuple(ParticipantRole)
        brought = {"held_on": facts.today, "participants": participants, "opinion_on_file": True}
        yield Asked(facts, rules, brought)


def _trial(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    for facts, rules in _at(session, context, project_id, AcceptanceStage.TRIAL):
        yield Asked(facts, rules, {"trial_started_on": facts.today})


def _completion(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    """Each contract whose part is to be completed, with its last day."""
    today = context.today()
    for contract, ends_on in contract_duties.running(session, project_id, today):
        late = f"，已逾期{(today - ends_on).days}天" if today > ends_on else ""
        yield Waiting(f"{contract.contractor}：工期至{ends_on.isoformat()}{late}")


def _end_of_trial(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    """The trial that runs, with the day after which it is too long."""
    if _in_progress(repository.project(session, project_id)):
        for trial in repository.trials(session, project_id):
            if trial.ended_on is None:
                days = f"{trial.earliest_end.isoformat()}至{trial.latest_end.isoformat()}期间结束"
                yield Waiting(days, {"trial_id": trial.id})


def _lot(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Each lot that is not accepted."""
    project = repository.project(session, project_id)
    lots = repository.lots(session, project)
    if not _in_progress(project) or len(lots) <= 1:
        return
    facts = gather(session, context, project, AcceptanceStage.LOT)
    done = accepted_lots(session, project_id, context.today())
    for contract in lots:
        if contract.id not in done:
            brought = {"held_on": context.today()}
            yield Asked(facts, pack(project.rule_pack), brought, about=contract.contractor)


def _final(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    for facts, rules in _at(session, context, project_id, AcceptanceStage.FINAL):
        earlier = repository.final_rounds(session, project_id)
        settled = earlier[-1].settled_yuan if earlier else None
        brought = _meeting(facts, rules) | {"settled_yuan": settled or Decimal(0)}
        yield Asked(facts, rules, brought, at_worst={"settled_yuan": _beyond(facts)})


def _operation(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """What closes the duty of whoever answers for the system."""
    for ids in _owed(session, project_id, owner_responsible.__name__):
        facts, rules = operation.stored_facts(session, context, project_id)
        yield Asked(facts, rules, ids=ids)


def _self_evaluation(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """What closes the duty to evaluate oneself."""
    for ids in _owed(session, project_id, self_evaluation_12_months.__name__):
        facts, rules = self_evaluations.stored_facts(session, context, project_id)
        yield Asked(facts, rules, ids=ids)


def _evaluation(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """The first one, of a project that is accepted or in service."""
    facts, rules = evaluations.stored_facts(session, context, project_id)
    begun = facts.accepted_on or facts.in_service_since
    if begun is None or repository.evaluations(session, project_id):
        return
    brought = {
        "evaluated_on": context.today(),
        "experts": 1,
        "agencies": 1,
        "dimensions": tuple(EvaluationDimension),
        "evaluation_report": True,
    }
    yield Asked(facts, rules, brought)


def _at(
    session: Session, context: Context, project_id: UUID, stage: AcceptanceStage
) -> Iterator[tuple[AcceptanceFacts, RulePack]]:
    """The facts of the next step, if it is this one."""
    project = repository.project(session, project_id)
    if _in_progress(project):
        rules = pack(project.rule_pack)
        facts = about_next_step(session, context, project, rules)
        if facts.stage is stage:
            yield facts, rules


def _meeting(facts: AcceptanceFacts, rules: RulePack) -> dict[str, Any]:
    """What the record of a final meeting brings at which all goes well, as far as it can."""
    votes = {
        "held_on": facts.today,
        "external_experts": rules.final_panel_min,
        "votes_in_favour": rules.final_panel_min,
        "vetoes": dict.fromkeys(Veto, "clear"),
        "xinchuang_compared": True,
        "indicators_unanswered": (),
        "opinion_on_file": True,
    }
    fails = facts.issues_open or facts.untrue_documents or facts.unapproved_changes
    if facts.archive_check_passed and not fails:
        return votes
    # The meeting may be held and cannot pass, so it sets a limit (Art 20).
    return votes | {"rectify_by": facts.today + timedelta(days=1)}


def _beyond(facts: AcceptanceFacts) -> Decimal:
    """More than is under contract, explained or allowed, so that what judges payments speaks up."""
    covered = facts.contracted_yuan + facts.uncontracted_yuan
    return max(covered, facts.funds_yuan or facts.amount_yuan) + 1


def _in_progress(project: Project) -> bool:
    return project.decommissioned_at is None and project.state is not AcceptanceState.ACCEPTED


def _owed(session: Session, project_id: UUID, rule: str) -> Iterator[dict[str, object]]:
    """The open duty that a rule laid down, by what its closing is addressed with."""
    duty = of_rule(session, project_id, rule)
    if duty is not None and duty.closed_at is None:
        yield {"obligation_id": duty.id}


def _goes_on_in(session: Session, context: Context, project_id: UUID) -> str | None:
    project = repository.project(session, project_id)
    return None if project.decommissioned_at or _in_progress(project) else "archive"


_CLOSURE = "POST /obligations/{obligation_id}/closure"

NEXT_STEPS = NextSteps(
    subject,
    (
        Step(
            "初验",
            ACCEPTANCE,
            (Role.UNIT,),
            _preliminary,
            "POST /projects/{project_id}/preliminary-rounds",
        ),
        Step("试运行", ACCEPTANCE, (Role.UNIT,), _trial, "POST /projects/{project_id}/trials"),
        Step(
            "标段验收",
            ACCEPTANCE,
            (Role.UNIT,),
            _lot,
            "POST /projects/{project_id}/lot-acceptances",
        ),
        Step("终验", ACCEPTANCE, (Role.UNIT,), _final, "POST /projects/{project_id}/final-rounds"),
        Step("办结系统运行管理义务", OPERATION, (Role.UNIT,), _operation, _CLOSURE),
        Step("办结项目自评估义务", EVALUATION, (Role.UNIT,), _self_evaluation, _CLOSURE),
        Step(
            "财政绩效评价",
            EVALUATION,
            (Role.FINANCE,),
            _evaluation,
            "POST /projects/{project_id}/evaluations",
        ),
    ),
    projects.browse,
    errands=(
        Errand(
            "登记主要技术、效率指标",
            Citation("19", "(二)（2）", "主要技术、效率指标"),
            (Role.UNIT,),
            _indicators,
            "POST /projects/{project_id}/indicators",
            "请在组织验收前登记立项批复文件、技术审查意见、招投标文件和合同确定的主要技术、效率指标；"
            "组织验收后只能依据正式变更增加或调整。",
        ),
        Errand(
            "按合同工期完成建设",
            MANAGED,
            (Role.UNIT,),
            _completion,
            "POST /projects/{project_id}/completion",
            "请在合同工期内完成建设并登记建设完成日期；确需延期的，请在工期内由承建单位提出延期申请和"
            "进度修正方案，经三方签字或专家评审确认。",
        ),
        Errand(
            "核实登记为不真实的材料",
            Citation("19", "(二)（3）", "提供的竣工验收文件材料不真实的"),
            (Role.BUREAU,),
            _untrue_documents,
            "POST /issues/{issue_id}/verification",
            "请核实登记为不真实的竣工验收文件材料，登记处理结论、理由和依据；此前终验不能通过。",
        ),
        Errand(
            "结束试运行",
            LIMIT,
            (Role.UNIT,),
            _end_of_trial,
            "POST /trials/{trial_id}/end",
            "请在试运行满3个月后、不超过6个月的期限内结束试运行并登记结束日期；逾期结束的，请说明超期原因。",
        ),
    ),
    goes_on_in=_goes_on_in,
)
