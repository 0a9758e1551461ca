"""Reading and finding what the handlers work on. Nothing here commits."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, SQLModel, col, select, update
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound
from govproject.names import person, plain
from govproject.persistence.tables import StoredFile
from govproject.terms import Department
from govproject_review.lifecycle import PreReviewState
from govproject_review.tables import (
    Application,
    DepartmentOpinion,
    DeterminedChange,
    EarlierEntry,
    EarlierExpertOpinion,
    EarlierOpinion,
    Evaluation,
    Expert,
    ExpertOpinion,
    FiscalEvaluation,
    Panel,
    PreReview,
    Project,
    ProjectLink,
    RejectedApplication,
    Tender,
)

T = TypeVar("T", bound=SQLModel)
Round = TypeVar("Round", PreReview, Panel, FiscalEvaluation, Tender)


def _get(session: Session, table: type[T], key: UUID, what: str) -> T:
    row = session.get(table, key)
    if row is None:
        raise NotFound("not_found", f"{what}不存在。", id=str(key))
    return row


def project(session: Session, project_id: UUID) -> Project:
    """One project. Raises NotFound."""
    return _get(session, Project, project_id, "项目")


def projects(unit: str | None) -> SelectOfScalar[Project]:
    """All projects, or one unit's."""
    return select(Project) if unit is None else select(Project).where(Project.unit == unit)


def raise_edition(session: Session, project: Project) -> None:
    """One edition more than the database has now, not than this transaction has read.

    An event that is applied here while the bureau passes a pre-review must not take its step back.
    """
    this = col(Project.id) == project.id
    session.execute(update(Project).where(this).values(edition=col(Project.edition) + 1))
    session.refresh(project, ["edition"])


def pre_review(session: Session, pre_review_id: UUID) -> PreReview:
    """One round of pre-review. Raises NotFound."""
    return _get(session, PreReview, pre_review_id, "预审")


def panel(session: Session, panel_id: UUID) -> Panel:
    """One panel. Raises NotFound."""
    return _get(session, Panel, panel_id, "专家组")


def expert(session: Session, expert_id: UUID) -> Expert:
    """One expert. Raises NotFound."""
    return _get(session, Expert, expert_id, "专家")


def rounds(table: type[Round], project_id: UUID) -> SelectOfScalar[Round]:
    """All rounds of one kind that a project went through."""
    return select(table).where(table.project_id == project_id)


def latest(session: Session, table: type[Round], project_id: UUID) -> Round | None:
    """The last round of one kind, if there was any."""
    newest_first = rounds(table, project_id).order_by(col(table.round).desc())
    return session.exec(newest_first.limit(1)).first()


def last_passed(session: Session, project: Project) -> PreReview | None:
    """The round of pre-review that passed on the project as it is, if one did."""
    passed = rounds(PreReview, project.id).where(
        PreReview.state == PreReviewState.PASSED, PreReview.edition == project.edition
    )
    return session.exec(passed.order_by(col(PreReview.round).desc()).limit(1)).first()


def links(session: Session, project_id: UUID) -> Sequence[ProjectLink]:
    """What a project is linked with, whatever the state."""
    return session.exec(
        select(ProjectLink)
        .where(ProjectLink.project_id == project_id)
        .order_by(col(ProjectLink.related_id))
    ).all()


def evaluations(session: Session, project_id: UUID) -> Sequence[Evaluation]:
    """The results of a project's evaluations, the latest last."""
    return session.exec(
        select(Evaluation)
        .where(Evaluation.project_id == project_id)
        .order_by(col(Evaluation.evaluated_on), col(Evaluation.id))
    ).all()


def open_changes(session: Session, project_id: UUID) -> Sequence[DeterminedChange]:
    """The changes that are determined, neither withdrawn nor filed, in their order."""
    return session.exec(
        select(DeterminedChange)
        .where(DeterminedChange.project_id == project_id, col(DeterminedChange.filed_at).is_(None))
        .order_by(col(DeterminedChange.id))
    ).all()


def opinions(session: Session, project_id: UUID) -> Sequence[DepartmentOpinion]:
    """The departments' present opinions, in the order of Art 9."""
    found = session.exec(
        select(DepartmentOpinion).where(DepartmentOpinion.project_id == project_id)
    )
    order = list(Department)
    return sorted(found, key=lambda opinion: order.index(opinion.department))


def opinion(session: Session, project_id: UUID, department: Department) -> DepartmentOpinion | None:
    """A department's present opinion, if it gave one."""
    return session.get(DepartmentOpinion, (project_id, department))


def earlier_opinions(
    session: Session, project_id: UUID, department: Department
) -> Sequence[EarlierOpinion]:
    """What a department said before its present opinion, the first first."""
    return session.exec(
        select(EarlierOpinion)
        .where(EarlierOpinion.project_id == project_id, EarlierOpinion.department == department)
        .order_by(col(EarlierOpinion.revision))
    ).all()


def expert_named(session: Session, name: str, employer: str) -> Expert | None:
    """The expert of that name and employer, however they are written.

    Of several, the first who can be drawn, or else the first.
    """
    wanted = person(name), plain(employer)
    found = [e for e in experts(session) if (person(e.name), plain(e.employer)) == wanted]
    return min(found, key=lambda expert: expert.retired_at is not None, default=None)


def expert_with_account(session: Session, account: str) -> Expert | None:
    """Who of the pool signs with an account; one who has retired does not."""
    return next(
        (each for each in experts_in_pool(session) if plain(each.account) == plain(account)), None
    )


def experts(session: Session) -> Sequence[Expert]:
    """The whole pool, retired experts included, in the order in which they were added."""
    return session.exec(select(Expert).order_by(col(Expert.id))).all()


def experts_in_pool(session: Session) -> Sequence[Expert]:
    """Those who can be drawn, in the order in which they were added."""
    return session.exec(
        select(Expert).where(col(Expert.retired_at).is_(None)).order_by(col(Expert.id))
    ).all()


def earlier_entries(session: Session, expert_id: UUID) -> Sequence[EarlierEntry]:
    """What the pool said of an expert before, the first first."""
    return session.exec(
        select(EarlierEntry)
        .where(EarlierEntry.expert_id == expert_id)
        .order_by(col(EarlierEntry.revision))
    ).all()


def expert_opinions(session: Session, panel_id: UUID) -> Sequence[ExpertOpinion]:
    """The signed opinions of a panel, in the order of signing."""
    return session.exec(
        select(ExpertOpinion)
        .where(ExpertOpinion.panel_id == panel_id)
        .order_by(col(ExpertOpinion.signed_at), col(ExpertOpinion.expert_id))
    ).all()


def earlier_expert_opinions(
    session: Session, panel_id: UUID, expert_id: UUID
) -> Sequence[EarlierExpertOpinion]:
    """What an expert signed before the present opinion, the first first."""
    return session.exec(
        select(EarlierExpertOpinion)
        .where(
            EarlierExpertOpinion.panel_id == panel_id, EarlierExpertOpinion.expert_id == expert_id
        )
        .order_by(col(EarlierExpertOpinion.revision))
    ).all()


def report_numbers(session: Session) -> Sequence[str]:
    """Every number under which an evaluation is recorded."""
    return session.exec(select(FiscalEvaluation.report_number)).all()


def application(session: Session, project_id: UUID) -> Application | None:
    """The project's application for approval, if it was made."""
    return session.get(Application, project_id)


def rejected_applications(session: Session, project_id: UUID) -> Sequence[RejectedApplication]:
    """The applications that were made again after their rejection, the first first."""
    return session.exec(
        select(RejectedApplication)
        .where(RejectedApplication.project_id == project_id)
        .order_by(col(RejectedApplication.revision))
    ).all()


def approval_numbers(session: Session) -> Sequence[str]:
    """Every number under which a project is approved."""
    number = col(Application.approval_number)
    return [each for each in session.exec(select(number).where(number.is_not(None))) if each]


def earlier_with_file(session: Session, sha256: str) -> Application | None:
    """The approval of before the system that rests on a file of this content."""
    return session.exec(
        select(Application)
        .join(StoredFile, col(StoredFile.id) == col(Application.earlier_file_id))
        .where(StoredFile.sha256 == sha256)
        .limit(1)
    ).first()


def by_project_code(session: Session, code: str) -> Application | None:
    """The application that names a project code."""
    return session.exec(select(Application).where(Application.project_code == code)).one_or_none()
