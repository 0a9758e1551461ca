"""Whether an archive check covers what has fallen due by a day (Arts 19, 40)."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from govproject.terms import FileClass
from govproject_acceptance.handlers.days import legal_day
from govproject_acceptance.projection import Approval, ArchiveCheck, Contract
from govproject_acceptance.tables import AgencyReport


class Trigger(NamedTuple):
    """What makes a class of files due: which record, the day that counts, when it was recorded."""

    file_class: FileClass
    record: str
    day: date
    recorded_at: datetime | None = None


def covers(checks: Sequence[ArchiveCheck], due: Sequence[Trigger], day: date) -> bool:
    """Whether the last check by that day passed, and covers everything that was due."""
    last = next((c for c in reversed(checks) if legal_day(c.checked_at) <= day), None)
    return last is not None and last.passed and all(_covers(last, trigger) for trigger in due)


def _covers(check: ArchiveCheck, due: Trigger) -> bool:
    if due.file_class not in check.classes or due.day > legal_day(check.checked_at):
        return False
    covered = check.covered
    if covered is None or f"{due.file_class}/" in covered:  # an older build knew no records
        return due.recorded_at is None or due.recorded_at <= check.checked_at
    return f"{due.file_class}/{due.record}" in covered


def fallen_due(
    approval: Approval | None,
    contracts: Sequence[Contract],
    reports: list[AgencyReport],
    day: date,
) -> list[Trigger]:
    """What falls due before final acceptance and was due by that day (Art 40).

    A check that passed before a contract or report was there says nothing of its files. The archive
    says what is due as well, but later: these records are here already.
    """
    triggers = (
        *(
            [Trigger(FileClass.APPROVAL, approval.approval_number, approval.approved_on)]
            if approval
            else []
        ),
        *(
            trigger
            for c in contracts
            for trigger in (
                Trigger(FileClass.PROCUREMENT, str(c.id), c.award_notice_on, c.recorded_at),
                Trigger(FileClass.CONTRACT, str(c.id), c.contract_filed_on, c.recorded_at),
            )
        ),
        *(Trigger(FileClass.TEST, r.report_number, r.finished_on, r.recorded_at) for r in reports),
    )
    return [trigger for trigger in triggers if trigger.day <= day]
