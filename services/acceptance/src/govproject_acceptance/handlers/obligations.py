"""The duties that follow from completion, trial and acceptance, and what closes each."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.acceptance import OBLIGATIONS
from govproject.errors import Conflict
from govproject.obligations.keeping import Keeper
from govproject.obligations.repository import of_rule
from govproject.regulation.pack import pack
from govproject_acceptance import repository
from govproject_acceptance.handlers import operation, self_evaluations
from govproject_acceptance.projection import Project
from govproject_acceptance.rules import DUTIES
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_15_schedule import TERM
from govproject_acceptance.rules.article_18_surplus import return_surplus
from govproject_acceptance.rules.article_19_need import acceptance_required
from govproject_acceptance.rules.article_19_trial import trial_period_3_to_6_months
from govproject_acceptance.rules.article_20_after_final import (
    asset_registration,
    upload_acceptance_report_1_month,
)
from govproject_acceptance.rules.article_20_rectification import (
    failed_final_rectify,
    rectify_and_apply_again,
)
from govproject_acceptance.rules.article_21_self_evaluation import self_evaluation_12_months
from govproject_acceptance.rules.article_30_operation import owner_responsible
from govproject_acceptance.tables import FinalRound


def open_all(session: Session, context: Context, project: Project, accepted: Accepted) -> None:
    """Open every duty that applies to the accepted project (Arts 18, 20, 21, 30, 31)."""
    for lay_down in DUTIES:
        duty = lay_down(accepted, pack(project.rule_pack))
        if duty is not None:
            KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)


def after_meeting(session: Session, context: Context, project: Project, final: FinalRound) -> None:
    """Whoever meets again has applied again; a meeting that fails sets the next limit (Art 20)."""
    earlier = of_rule(session, project.id, failed_final_rectify.__name__)
    if earlier is not None and earlier.closed_at is None:
        KEEPER.close(session, context, earlier, f"{final.held_on.isoformat()}重新组织终验")
    if not final.passed and final.rectify_by is not None:
        duty = rectify_and_apply_again(final.held_on, final.rectify_by)
        KEEPER.open(session, context, duty, project_id=project.id, unit=project.unit)


def _by_next_final_only(session: Session, context: Context, project_id: UUID) -> None:
    """There is none for what was decommissioned before an event of it closed the duty."""
    if repository.project(session, project_id).decommissioned_at is not None:
        return
    raise Conflict(
        "closed_by_next_final",
        "终验不合格的，须限期整改，并按程序重新申请项目终验（第20条）："
        "再次组织终验时自动办结，不能以材料代替。",
    )


def _by_report_only(session: Session, context: Context, project_id: UUID) -> None:
    raise Conflict(
        "closed_by_report",
        "年度运行效能自评价报告须报送至区数据局（第22条）：报送时自动办结，不能以说明代替。",
    )


def _by_acceptance_only(session: Session, context: Context, project_id: UUID) -> None:
    raise Conflict(
        "closed_by_acceptance",
        "项目在完成后必须进行验收（第19条）：终验合格时自动办结，不能以材料代替。",
    )


def _by_completion_only(session: Session, context: Context, project_id: UUID) -> None:
    """What an older build completed or ended without closing the duty, the worker closes."""
    raise Conflict(
        "closed_by_completion",
        "项目单位应按合同工期严格管理（第15条）：登记建设完成或标段验收合格时自动办结，"
        "合同终止的随之办结，不能以材料代替。",
    )


def _by_end_only(session: Session, context: Context, project_id: UUID) -> None:
    """There is none for what was decommissioned, nor once an older build has ended the trial."""
    if repository.project(session, project_id).decommissioned_at is not None:
        return
    if any(trial.ended_on is None for trial in repository.trials(session, project_id)):
        raise Conflict(
            "closed_by_trial_end",
            "试运行时间不超过6个月（第19条）：登记试运行结束时自动办结，不能以材料代替。",
        )


ENDED_BY_DECOMMISSIONING = (
    TERM,
    trial_period_3_to_6_months.__name__,
    failed_final_rectify.__name__,
    owner_responsible.__name__,
)
"""What no completion, end of a trial, final or record of operation can close any more (Art 34)."""

KEEPER = Keeper(
    events=OBLIGATIONS,
    before_closing={
        TERM: _by_completion_only,
        acceptance_required.__name__: _by_acceptance_only,
        trial_period_3_to_6_months.__name__: _by_end_only,
        failed_final_rectify.__name__: _by_next_final_only,
        "annual_department_report": _by_report_only,
        self_evaluation_12_months.__name__: self_evaluations.must_be_complete,
        owner_responsible.__name__: operation.must_be_in_order,
    },
    proven_by_file=frozenset(
        rule.__name__
        for rule in (return_surplus, asset_registration, upload_acceptance_report_1_month)
    ),
)
