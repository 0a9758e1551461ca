"""The steps between declaration and acceptance that intake's gates stand before."""

from collections.abc import Iterator
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.gates import ANNUAL_PLAN, CHANGE, CONSTRUCTION, CONTRACT, FILING
from govproject.identity import Role
from govproject.next_steps.steps import Asked, Errand, NextSteps, Step, Subject, Waiting
from govproject.regulation.citation import Citation
from govproject.regulation.pack import pack
from govproject.terms import FilingStatus, MobileScope, Track
from govproject_intake import repository
from govproject_intake.handlers import (
    changes,
    confirmations,
    contracts,
    filings,
    plans,
    quality,
    schedules,
)
from govproject_intake.handlers.projects import browse, visible
from govproject_intake.lifecycle import ConfirmationState, ConfirmationSubject, OrderState
from govproject_intake.rules.article_02_deployment import STANDALONE
from govproject_intake.tables import Confirmation, Contract, Project

_RECTIFICATION = Citation("29", "3", "责令限期整改")
_COMPLETION = "POST /confirmations/{confirmation_id}/completion"


def subject(session: Session, context: Context, project_id: UUID) -> Subject:
    """A project that the caller may see."""
    project = visible(session, context, project_id)
    number = project.city_system_ref
    return Subject(
        project.project_name, project.unit, (("市级系统编号", number),) if number else ()
    )


def _adoption(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    project = repository.project(session, project_id)
    if project.plan_adopted_year is None and _goes_on(project):
        facts, rules = plans.stored_facts(session, context, project_id)
        ids = {"plan_year": project.plan_year}
        needed = plans.reason_needed(session, project)
        yield Asked(facts, rules, brought={"reason": "受理理由"}, about=needed, ids=ids)


def _registration(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    project = repository.project(session, project_id)
    if project.city_system_ref is None and _goes_on(project):
        yield Waiting()


def _quality(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    """Of a full-process project under construction, the phases of which nothing is on record."""
    project = repository.project(session, project_id)
    built = any(contract.subject.carries_out(project.kind) for contract in _kept(session, project))
    absent = quality.missing(session, project_id)
    if project.track is Track.FULL_PROCESS and built and absent:
        yield Waiting("、".join(phase.zh for phase in absent))


def _to_report(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    return _ordered(session, project_id, OrderState.ORDERED, OrderState.FAILED)


def _to_inspect(session: Session, context: Context, project_id: UUID) -> Iterator[Waiting]:
    return _ordered(session, project_id, OrderState.REPORTED)


def _ordered(session: Session, project_id: UUID, *states: OrderState) -> Iterator[Waiting]:
    """Each order that waits for its unit, or for who inspects; accepted projects have them, too."""
    for order in repository.open_orders(session, project_id):
        if order.state in states:
            about = f"{order.problem}限期至{order.due_on}，{order.state.zh}"
            yield Waiting(about, {"order_id": order.id})


def _filing(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    return _filed(session, context, project_id, FilingStatus.NONE)


def _correction(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    return _filed(session, context, project_id, FilingStatus.IRREGULAR)


def _filed(
    session: Session, context: Context, project_id: UUID, status: FilingStatus
) -> Iterator[Asked]:
    """Filed for the first time or corrected, it says all anew; then the bureau asks the gate."""
    project = repository.project(session, project_id)
    if _filing_status(session, project) is status and _goes_on(project):
        yield Asked(
            filings.facts(session, context, project, None),
            pack(project.rule_pack),
            brought={
                "internal_review_on": context.today(),
                "internal_review_record": True,
                "conditions": (),
                "mobile": MobileScope.NONE,
                "standalone_documents": STANDALONE,
            },
            ids=_filing_ids(session, project),
        )


def _finding_regular(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Whoever looks is told which revision it is, to name it when finding it regular."""
    project = repository.project(session, project_id)
    filing = repository.filing_of(session, project_id)
    waits = _filing_status(session, project) is FilingStatus.SUBMITTED
    if filing is not None and waits and project.decommissioned_at is None:
        facts, rules = filings.stored_facts(session, context, project_id)
        about = f"报备第{filing.revision}版"
        yield Asked(facts, rules, about=about, ids=_filing_ids(session, project))


def _contract(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """The first one that carries the project out, once it may be built."""
    project = repository.project(session, project_id)
    may_build = (
        project.approval_number is not None
        if project.track is Track.FULL_PROCESS
        else _filing_status(session, project) is FilingStatus.ACCEPTED
    )
    carried_out = any(
        contract.subject.carries_out(project.kind)
        for contract in repository.contracts_in_force(session, project_id)
    )
    if may_build and _goes_on(project) and not carried_out:
        facts, rules = contracts.stored_facts(session, context, project_id)
        yield Asked(facts, rules, brought=contracts.supposed(facts, rules))


def _change(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Each that is determined, and neither filed nor withdrawn."""
    project = repository.project(session, project_id)
    for change in repository.changes(session, project_id) if _goes_on(project) else ():
        if change.filed_at is None and change.withdrawn_at is None:
            yield Asked(
                changes.facts(session, context, project, change),
                pack(project.rule_pack),
                about=change.description,
                ids={"change_id": change.id},
            )


def _schedule(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    """Of each contract that has none."""
    project = repository.project(session, project_id)
    for contract in _kept(session, project):
        if not repository.schedules(session, contract.id):
            last = contract.ends_on or context.today()
            brought = {"milestones": (last,)}
            yield Asked(
                schedules.facts(session, context, contract),
                pack(project.rule_pack),
                brought=brought if contract.ends_on else {"contract_ends_on": last, **brought},
                about=contract.contractor,
                ids={"contract_id": contract.id},
            )


def _extension(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    return _effect(session, context, project_id, ConfirmationSubject.EXTENSION)


def _replacement(session: Session, context: Context, project_id: UUID) -> Iterator[Asked]:
    return _effect(session, context, project_id, ConfirmationSubject.PERSONNEL)


def _effect(
    session: Session, context: Context, project_id: UUID, of: ConfirmationSubject
) -> Iterator[Asked]:
    """Each application that waits for the parties; after the final there is nothing to confirm."""
    project = repository.project(session, project_id)
    if project.accepted_on is not None:
        return
    for contract in _kept(session, project):
        for confirmation in repository.confirmations(session, contract.id):
            if (confirmation.subject, confirmation.state) == (of, ConfirmationState.OPEN):
                yield Asked(
                    confirmations.facts(session, context, confirmation, confirmations.EFFECT[of]),
                    pack(project.rule_pack),
                    about=_name(contract, confirmation),
                    ids={"confirmation_id": confirmation.id},
                )


def _kept(session: Session, project: Project) -> list[Contract]:
    return repository.contracts_in_force(session, project.id) if _goes_on(project) else []


def _name(contract: Contract, confirmation: Confirmation) -> str:
    asked = confirmation.leaves or f"延至{confirmation.new_ends_on}"
    return f"{contract.contractor}，{asked}"


def _goes_on(project: Project) -> bool:
    return project.decommissioned_at is None and project.accepted_on is None


def _filing_ids(session: Session, project: Project) -> dict[str, object]:
    filing = repository.filing_of(session, project.id)
    return {} if filing is None else {"filing_id": filing.id}


def _goes_on_in(session: Session, context: Context, project_id: UUID) -> str | None:
    project = repository.project(session, project_id)
    if not _goes_on(project):
        return None
    reviewed = project.track is not Track.FULL_PROCESS or project.approval_number is not None
    return "acceptance" if reviewed else "review"


def _filing_status(session: Session, project: Project) -> FilingStatus | None:
    """None for a project that is not filed at all (Art 4)."""
    if project.track is not Track.FILING:
        return None
    filing = repository.filing_of(session, project.id)
    return FilingStatus.NONE if filing is None else filing.status


NEXT_STEPS = NextSteps(
    subject,
    (
        Step(
            "列入年度计划",
            ANNUAL_PLAN,
            (Role.BUREAU,),
            _adoption,
            "POST /annual-plans/{plan_year}/projects",
        ),
        Step(
            "报备并经认定规范",
            FILING,
            (Role.UNIT, Role.BUREAU),
            _filing,
            "POST /projects/{project_id}/filings",
        ),
        Step(
            "更正报备并经认定规范",
            FILING,
            (Role.UNIT, Role.BUREAU),
            _correction,
            "POST /filings/{filing_id}/correction",
        ),
        Step(
            "认定报备规范",
            FILING,
            (Role.BUREAU,),
            _finding_regular,
            "POST /filings/{filing_id}/acceptance",
        ),
        Step(
            "登记合同", CONTRACT, (Role.UNIT,), _contract, "POST /projects/{project_id}/contracts"
        ),
        Step("变更报备", CHANGE, (Role.UNIT,), _change, "POST /changes/{change_id}/filing"),
        Step(
            "提交进度计划",
            CONSTRUCTION,
            (Role.UNIT,),
            _schedule,
            "POST /contracts/{contract_id}/schedules",
        ),
        Step("延期生效", CONSTRUCTION, (Role.UNIT,), _extension, _COMPLETION),
        Step("人员变更生效", CONSTRUCTION, (Role.UNIT,), _replacement, _COMPLETION),
    ),
    browse,
    errands=(
        Errand(
            "登记市级系统编号",
            Citation("3", "1", "区政务信息化项目均应纳入市级政务信息化项目管理系统统一管理"),
            (Role.BUREAU,),
            _registration,
            "POST /projects/{project_id}/registration",
            "请项目单位在市级政务信息化项目管理系统登记项目，由区数据局在此登记取得的编号；"
            "编号登记后才能报备、预审和申请政务云资源。",
        ),
        Errand(
            "登记质量控制记录",
            Citation("16", "1", "质量预控、过程监控和事后验控"),
            (Role.UNIT,),
            _quality,
            "POST /projects/{project_id}/quality-controls",
            "请项目单位会同监理单位实施质量控制，在组织初验前逐阶段登记记录，写明工程关键和施工难点；"
            "尚无记录的阶段如上，不影响其他事项办理。",
        ),
        Errand(
            "报告整改情况",
            _RECTIFICATION,
            (Role.UNIT,),
            _to_report,
            "POST /rectification-orders/{order_id}/report",
            "请在期限内整改，上传整改证明材料并报告整改情况。",
        ),
        Errand(
            "复查整改情况",
            _RECTIFICATION,
            (Role.BUREAU, Role.PARTY_OFFICE, Role.CYBERSPACE, Role.FINANCE, Role.AUDIT),
            _to_inspect,
            "POST /rectification-orders/{order_id}/clearance",
            "请复查整改情况：到位的认定整改完成；不到位的另行认定整改不到位。",
        ),
    ),
    goes_on_in=_goes_on_in,
)
