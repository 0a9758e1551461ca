"""Who builds by which plan, and who confirms that it changes (Arts 15, 17). Values only."""

from pydantic import BaseModel, ConfigDict, Field

from govproject.fields import IsoDate, ShortText
from govproject.terms import Party, Term


class PersonRole(Term):
    """Whose replacement has to be confirmed (Art 17)."""

    PROJECT_LEAD = "project_lead", "项目负责人"
    BID_STAFF = "bid_staff", "投标人员"


class Person(BaseModel):
    """Somebody whom the bid or the contract names."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ShortText
    role: PersonRole


class PlannedMilestone(BaseModel):
    """A point of a schedule as it is planned."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ShortText
    due_on: IsoDate


class Milestone(BaseModel):
    """A point of a schedule in force, and when it was reached."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: ShortText
    due_on: IsoDate
    reached_on: IsoDate | None = None


class Signature(BaseModel):
    """That one of the three confirmed; the unit records it, for contractors have no accounts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    party: Party
    signer: ShortText = Field(description="签字人姓名")
    signed_on: IsoDate


class ExpertReview(BaseModel):
    """That experts confirmed what no supervisor could."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    held_on: IsoDate
    experts: list[ShortText] = Field(min_length=1, max_length=50)
    conclusion: ShortText = Field(description="评审意见或文件名称")
