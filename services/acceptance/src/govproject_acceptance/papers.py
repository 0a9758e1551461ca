"""Papers as they are kept: a file that a record rests on, a line of a yearly report. Pure."""

from uuid import UUID

from govproject.fields import View
from govproject_acceptance.lifecycle import Standing


class Paper(View):
    """A file that was handed in, as it was when a record referred to it."""

    file_id: UUID
    name: str
    sha256: str


class ReportedProject(View):
    """What a unit's yearly report says of one project (Art 22)."""

    project_id: UUID
    project_name: str
    standing: Standing
    account: str
