"""The duty that follows from an order to rectify (Art 29)."""

from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts.intake import OBLIGATIONS
from govproject.errors import Conflict
from govproject.obligations.keeping import Keeper
from govproject_intake.rules.article_29_supervision import false_filing_rectify


def _by_report_only(session: Session, context: Context, project_id: UUID) -> None:
    raise Conflict(
        "closed_by_report",
        "责令整改的事项不能以说明办结：请就该整改令报告整改情况并上传证明材料，"
        "报告后由检查部门复查认定（第29条）。",
        article="29",
    )


KEEPER = Keeper(events=OBLIGATIONS, before_closing={false_filing_rectify.__name__: _by_report_only})
