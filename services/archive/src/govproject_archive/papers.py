"""第39条, 第40条: which papers a class of files has to hold to be complete. Pure.

The articles name classes, no papers. A paper is asked for when an event tells that it exists: a
panel has passed, a report is on record, a contract is filed. So nobody is asked for what the
project never had, and what another build saw happen is not asked for at all.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from govproject.terms import FileClass, PaperKind, Term
from govproject_archive.triggers import Trigger, without_upload

KINDS: dict[FileClass, tuple[PaperKind, ...]] = {
    FileClass.APPROVAL: (
        PaperKind.APPROVAL_REPLY,
        PaperKind.FEASIBILITY_REPORT,
        PaperKind.EXPERT_OPINION,
        PaperKind.FISCAL_REPORT,
    ),
    FileClass.PROCUREMENT: (PaperKind.TENDER_DOCUMENT, PaperKind.AWARD_NOTICE),
    FileClass.CONTRACT: (PaperKind.CONTRACT_TEXT,),
    FileClass.IMPLEMENTATION: (
        PaperKind.IMPLEMENTATION_PLAN,
        PaperKind.START_REPORT,
        PaperKind.CHANGE_DOCUMENT,
        PaperKind.COMPLETION_REPORT,
    ),
    FileClass.SUPERVISION: (PaperKind.SUPERVISION_PLAN, PaperKind.SUPERVISION_REPORT),
    FileClass.TEST: (PaperKind.TEST_REPORT,),
    FileClass.FINAL_ACCEPTANCE: (
        PaperKind.PRELIMINARY_OPINION,
        PaperKind.TRIAL_REPORT,
        PaperKind.SELF_REPORT,
        PaperKind.FINAL_OPINION,
    ),
}
"""The kinds of each class, in the order of its catalogue; `OTHER` goes into every class."""

PAPERS: dict[Trigger, tuple[PaperKind, ...]] = {
    Trigger.PRE_REVIEW: (PaperKind.FEASIBILITY_REPORT,),
    Trigger.EXPERT_REVIEW: (PaperKind.EXPERT_OPINION,),
    Trigger.FISCAL_EVALUATION: (PaperKind.FISCAL_REPORT,),
    Trigger.APPROVAL_REPLY: (PaperKind.APPROVAL_REPLY,),
    Trigger.AWARD_NOTICE: (PaperKind.TENDER_DOCUMENT, PaperKind.AWARD_NOTICE),
    Trigger.CONTRACT_FILING: (PaperKind.CONTRACT_TEXT,),
    Trigger.CONSTRUCTION_CONTRACT: (PaperKind.IMPLEMENTATION_PLAN, PaperKind.START_REPORT),
    Trigger.CHANGE_FILING: (PaperKind.CHANGE_DOCUMENT,),
    Trigger.COMPLETION: (PaperKind.COMPLETION_REPORT,),
    Trigger.PRELIMINARY_ACCEPTANCE: (PaperKind.PRELIMINARY_OPINION,),
    Trigger.TRIAL_END: (PaperKind.TRIAL_REPORT,),
    Trigger.ASSESSMENT_END: (PaperKind.TEST_REPORT,),
    Trigger.FINAL_ACCEPTANCE: (PaperKind.SELF_REPORT, PaperKind.FINAL_OPINION),
    Trigger.SUPERVISION_ACCEPTANCE: (PaperKind.SUPERVISION_PLAN, PaperKind.SUPERVISION_REPORT),
}
"""Which papers a project has from what has happened on."""


class PaperState(Term):
    """Where a paper is that the archive asks for."""

    ARCHIVED = "archived", "已归档"
    ABSENT = "absent", "已说明没有"
    MISSING = "missing", "尚缺"


class Paper(NamedTuple):
    """One paper of a project: of a kind, and of a contract, report or change if there are more."""

    kind: PaperKind
    record: str


def class_of(kind: PaperKind) -> FileClass | None:
    """The one class that a kind belongs to; None for what goes into every class.

    >>> class_of(PaperKind.CONTRACT_TEXT).zh, class_of(PaperKind.OTHER)
    ('合同文件', None)
    """
    return next((each for each, kinds in KINDS.items() if kind in kinds), None)


def states(
    due: Sequence[Paper], archived: Iterable[Paper], absent: Collection[Paper]
) -> dict[Paper, PaperState]:
    """Where each paper that is asked for is.

    A file that names its record is about that one; each other file of the kind counts for one
    record that no file names and nobody says to have none, in order. What is said not to exist is
    there when a file names it, or when a file names none and the kind has this one record only: of
    several, such a file may be a second one of a record that is there.

    >>> one, two = (Paper(PaperKind.CONTRACT_TEXT, each) for each in "甲乙")
    >>> unnamed = Paper(PaperKind.CONTRACT_TEXT, "")
    >>> [state.value for state in states([one, two], [unnamed], []).values()]
    ['archived', 'missing']
    >>> [state.value for state in states([one, two], [unnamed, unnamed], [one]).values()]
    ['absent', 'archived']
    >>> [state.value for state in states([one], [unnamed], [one]).values()]
    ['archived']
    """
    found = dict.fromkeys(due, PaperState.ARCHIVED)
    there = list(archived)
    for kind in {paper.kind for paper in due}:
        uploaded = [paper.record for paper in there if paper.kind is kind]
        asked = [paper for paper in due if paper.kind is kind]
        by_name_only = [paper for paper in asked if paper in absent and len(asked) > 1]
        for paper in by_name_only:
            if paper.record not in uploaded:
                found[paper] = PaperState.ABSENT
        others = [paper.record for paper in asked if paper not in by_name_only]
        for record in without_upload(others, uploaded):
            paper = Paper(kind, record)
            found[paper] = PaperState.ABSENT if paper in absent else PaperState.MISSING
    return found
