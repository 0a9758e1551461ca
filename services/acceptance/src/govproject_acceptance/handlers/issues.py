"""Major issues, legal disputes and untrue documents, until explained or settled (Art 19)."""

from datetime import date
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.contracts import acceptance as events
from govproject.errors import Conflict, Invalid
from govproject.ids import new_id
from govproject.terms import DocumentFinding, IssueKind
from govproject_acceptance import repository
from govproject_acceptance.handlers import papers
from govproject_acceptance.handlers.access import in_progress, must_have_happened
from govproject_acceptance.issues import (
    ExplainIssue,
    IssueView,
    QuestionedDocument,
    RecordIssue,
    SettleIssue,
    VerificationView,
    VerifyDocument,
)
from govproject_acceptance.tables import DocumentVerification, Issue


def record(session: Session, context: Context, project_id: UUID, command: RecordIssue) -> IssueView:
    """Note one of them: the unit's own, or what came to the bureau's knowledge."""
    project = in_progress(session, context, project_id)
    must_have_happened(context, command.happened_on, "发生日期")
    issue = Issue(
        id=new_id(),
        project_id=project.id,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
        **dict(command),
    )
    session.add(issue)
    return view(session, issue)


def explain(session: Session, context: Context, issue_id: UUID, command: ExplainIssue) -> IssueView:
    """Explain a major issue in writing, for the experts to judge. The others have to be settled.

    Raises:
        Conflict: it is settled or explained already, or is no major issue.
        Invalid: the day lies before it happened, or in the future.
    """
    issue = _unsettled(session, context, issue_id)
    if issue.kind is IssueKind.LEGAL_DISPUTE:
        raise Conflict("dispute_is_settled", "法律纠纷须解决，不能以说明代替。")
    _must_be_the_units(issue)
    if issue.explained_on is not None:
        raise Conflict("already_explained", "已对该重大问题作出说明。")
    _must_follow(context, issue, command.explained_on, "说明日期")
    issue.explained_on, issue.explanation = command.explained_on, command.explanation
    issue.explanation_paper = papers.referred(session, context, command.file_id)
    return view(session, issue)


def settle(session: Session, context: Context, issue_id: UUID, command: SettleIssue) -> IssueView:
    """Record that a major issue or dispute is settled, with what says so.

    Raises:
        Conflict: it is settled already, or is an untrue document.
        Invalid: the day lies before it happened, or in the future.
    """
    issue = _unsettled(session, context, issue_id)
    _must_be_the_units(issue)
    _must_follow(context, issue, command.settled_on, "解决日期")
    issue.settled_on, issue.settlement = command.settled_on, command.settlement
    issue.settlement_paper = papers.referred(session, context, command.file_id)
    issue.settled_by = context.caller.subject
    return view(session, issue)


def verify(
    session: Session, context: Context, issue_id: UUID, command: VerifyDocument
) -> IssueView:
    """Record what the bureau found of a document that is called untrue.

    It is over once the document is true after all, or replaced; one that is untrue and stands there
    fails the final, and is looked into again. What was found before stays on record beside it.

    Raises:
        Conflict: it is over already, or is about no document.
        Invalid: the day lies before it was found or last looked into, or in the future.
    """
    issue = _unsettled(session, context, issue_id)
    if issue.kind is not IssueKind.UNTRUE_DOCUMENT:
        raise Conflict("no_document_to_verify", f"{issue.kind.zh}由项目单位说明或解决。")
    _must_follow(context, issue, command.verified_on, "核实日期")
    if issue.verified_on is not None and command.verified_on < issue.verified_on:
        raise Invalid(
            "before_last_verification", f"核实日期不能早于上一次核实的{issue.verified_on}。"
        )
    paper = papers.referred(session, context, command.file_id)
    verification = DocumentVerification(
        id=new_id(),
        issue_id=issue.id,
        verified_on=command.verified_on,
        finding=command.finding,
        conclusion=command.conclusion,
        paper=paper,
        recorded_by=context.caller.subject,
        recorded_at=context.now(),
    )
    session.add(verification)
    issue.finding, issue.verified_on = command.finding, command.verified_on
    issue.settlement, issue.settled_by = command.conclusion, context.caller.subject
    issue.settlement_paper = paper
    if command.finding is not DocumentFinding.UNTRUE:
        issue.settled_on = command.verified_on
    context.publish(
        session,
        events.DocumentVerified(
            project_id=issue.project_id,
            issue_id=issue.id,
            issue=issue.issue,
            finding=command.finding,
            verified_on=command.verified_on,
            conclusion=command.conclusion,
            verified_by=context.caller.subject,
        ),
    )
    return view(session, issue)


def of(session: Session, project_id: UUID, day: date) -> dict[str, object]:
    """What had happened by that day and was not settled: what of it is open, what explained.

    A document was untrue before anybody found it so, until it was replaced; what was said of one
    that is true counts on no day.
    """
    recorded = repository.issues(session, project_id)
    unsettled = [each for each in recorded if each.settled_on is None or each.settled_on > day]
    untrue = [
        issue
        for issue in unsettled
        if issue.kind is IssueKind.UNTRUE_DOCUMENT and issue.finding is not DocumentFinding.TRUE
    ]
    left = [
        issue
        for issue in unsettled
        if issue.kind is not IssueKind.UNTRUE_DOCUMENT and issue.happened_on <= day
    ]
    explained = [
        issue for issue in left if issue.explained_on is not None and issue.explained_on <= day
    ]
    return {
        "issues_open": tuple(_said(i) for i in left if i not in explained),
        "issues_explained": tuple(map(_said, explained)),
        "untrue_documents": tuple(map(_said, untrue)),
    }


def unverified(session: Session, project_id: UUID) -> list[Issue]:
    """The documents that somebody calls untrue, until they are known to be true or replaced."""
    return [
        issue
        for issue in repository.issues(session, project_id)
        if issue.kind is IssueKind.UNTRUE_DOCUMENT and issue.settled_on is None
    ]


def questioned(session: Session, project_id: UUID) -> list[QuestionedDocument]:
    """Every document that somebody called untrue, with what was found of it each time."""
    return [
        QuestionedDocument(
            issue_id=issue.id,
            happened_on=issue.happened_on,
            issue=issue.issue,
            verifications=_verifications(session, issue),
        )
        for issue in repository.issues(session, project_id)
        if issue.kind is IssueKind.UNTRUE_DOCUMENT
    ]


def view(session: Session, issue: Issue) -> IssueView:
    """One of them and what became of it."""
    return IssueView.model_validate(
        {**issue.model_dump(), "verifications": _verifications(session, issue)}
    )


def _verifications(session: Session, issue: Issue) -> list[VerificationView]:
    return [
        VerificationView.model_validate(each, from_attributes=True)
        for each in repository.verifications(session, issue.id)
    ]


def _said(issue: Issue) -> str:
    return f"{issue.kind.zh}（{issue.happened_on.isoformat()}）：{issue.issue}"


def _unsettled(session: Session, context: Context, issue_id: UUID) -> Issue:
    issue = repository.issue(session, issue_id)
    in_progress(session, context, issue.project_id)
    if issue.settled_on is not None:
        raise Conflict("already_settled", f"该{issue.kind.zh}事项已办结。")
    return issue


def _must_be_the_units(issue: Issue) -> None:
    if issue.kind is IssueKind.UNTRUE_DOCUMENT:
        raise Conflict(
            "document_is_verified",
            "登记为不真实的材料，须由区数据局核实处理，不能由项目单位说明或解决。",
        )


def _must_follow(context: Context, issue: Issue, day: date, what: str) -> None:
    must_have_happened(context, day, what)
    if day < issue.happened_on:
        raise Invalid("before_it_happened", f"{what}不能早于发生日期。")
