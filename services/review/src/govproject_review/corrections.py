"""What the API takes and answers where a record takes the place of another."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from govproject.fields import LongText, View

CorrectionReason = Annotated[
    LongText | None,
    Field(description="更正理由：已有现行有效的记录时必填；原记录保留，一并显示"),
]


class SupersededView(View):
    """What is shown of every record that another took the place of."""

    superseded_at: datetime
    superseded_by: str
    superseded_because: str
