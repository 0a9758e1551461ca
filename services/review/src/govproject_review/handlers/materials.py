"""The materials for a pre-review: read before it, kept with what was seen in them (Arts 2, 8)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlmodel import Session

from govproject.context import Context
from govproject.documents import reading
from govproject.errors import Invalid
from govproject.facts import MaterialsFacts, Statements
from govproject.files import records
from govproject.files.kinds import FileKind
from govproject.regulation.pack import RulePack, pack
from govproject.reliefs import keeping
from govproject.terms import CostHead, DocumentVerdict, PreReviewMaterial
from govproject_review import repository
from govproject_review.examining import Examination, HandedIn, SeenPart, examine, is_read
from govproject_review.handlers.projects import visible
from govproject_review.rules.article_08_cost import TOTAL
from govproject_review.rules.article_08_data import ASSETS, CONTENT, LISTS
from govproject_review.tables import PreReview, Project
from govproject_review.views import Material, SubmitPreReview

Examinations = Mapping[Material, Examination]


def examined(
    session: Session, context: Context, project_id: UUID, command: SubmitPreReview
) -> Examinations:
    """What is in the files of a submission.

    Raises:
        NotFound: there is no such project.
        Forbidden: the project, or a file, is another unit's.
        Invalid: a file is unknown or cannot be read, or a chapter is none of the rule pack.
    """
    rules = pack(visible(session, context, project_id).rule_pack)
    known = {chapter.id: chapter.title for chapter in rules.feasibility_chapters}
    unknown = command.statements.adapted_chapters.keys() - known.keys()
    if unknown:
        raise Invalid(
            "chapter_unknown",
            f"可行性研究报告没有以下章节：{'、'.join(sorted(unknown))}；"
            f"可填写：{'、'.join(f'{each}（{title}）' for each, title in known.items())}。",
        )
    return {file: _examined(session, context, file, rules) for file in command.files}


def handed_in(
    session: Session, context: Context, given: Sequence[Material], examined: Examinations
) -> list[HandedIn]:
    """The files of a submission with what was seen in them. Raises Invalid, Forbidden."""
    found = [(file, records.referred(session, context, file.file_id)) for file in given]
    return [
        HandedIn(
            kind=file.kind,
            file_id=stored.id,
            name=stored.name,
            sha256=stored.sha256,
            seen={part: SeenPart(**seen._asdict()) for part, seen in examined[file].seen.items()},
            yuan=examined[file].yuan,
        )
        for file, stored in found
    ]


def facts(
    session: Session,
    context: Context,
    project: Project,
    files: Sequence[HandedIn],
    statements: Statements,
) -> MaterialsFacts:
    """What the gate of the materials is asked, at the project's present values."""
    amounts = {key: yuan for file in files for key, yuan in file.yuan.items()}
    return MaterialsFacts(
        today=context.today(),
        reliefs=keeping.of(session, project.id),
        kind=project.kind,
        budget_yuan=project.budget_yuan,
        builds_system=project.builds_system,
        deployment_target=project.deployment_target,
        standalone_basis=project.standalone_basis,
        documents={
            file.kind: {part: seen.verdict for part, seen in file.seen.items()} for file in files
        },
        same_content=_same_content(files),
        costs_yuan={CostHead(key): yuan for key, yuan in amounts.items() if key != TOTAL},
        total_yuan=amounts.get(TOTAL),
        statements=statements,
    )


def _same_content(files: Sequence[HandedIn]) -> tuple[tuple[PreReviewMaterial, ...], ...]:
    """The kinds of material that one content was handed in as, wherever they are several."""
    kinds: dict[str, list[PreReviewMaterial]] = {}
    for file in files:
        kinds.setdefault(file.sha256, []).append(file.kind)
    alike = (tuple(dict.fromkeys(each)) for each in kinds.values())
    return tuple(each for each in alike if len(each) > 1)


def stored_facts(
    session: Session, context: Context, project_id: UUID
) -> tuple[MaterialsFacts, RulePack]:
    """The gate's facts of what a stored project handed in last."""
    project = visible(session, context, project_id)
    last = repository.latest(session, PreReview, project_id)
    files, statements = (last.files, last.statements) if last else ([], Statements())
    return facts(session, context, project, files, statements), pack(project.rule_pack)


def with_entries(files: Sequence[HandedIn]) -> tuple[PreReviewMaterial, ...]:
    """The data lists and asset catalogues that promise something; what is in doubt promises.

    Final acceptance compares them with what was realised (Art 19).
    """
    empty = (DocumentVerdict.MISSING, DocumentVerdict.NOT_APPLICABLE)
    return tuple(
        file.kind
        for file in files
        if file.kind in (*LISTS, ASSETS) and file.seen[CONTENT].verdict not in empty
    )


def _examined(session: Session, context: Context, file: Material, rules: RulePack) -> Examination:
    stored = records.referred(session, context, file.file_id)
    if not is_read(file.kind):
        return Examination({}, {})
    with records.content(context, stored) as content:
        text = reading.read(content, FileKind(stored.kind), stored.name)
    return examine(file.kind, text, rules)
