"""What every gate's facts have, and those that rest on what other services told."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ModelWrapValidatorHandler, model_validator

from govproject.fields import Count, IsoDate, kept
from govproject.regulation.findings import Relief


class Facts(BaseModel):
    """What every gate's facts have: the day of the question and the bureau's recorded acts."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    EXAMPLE: ClassVar[dict[str, Any]] = {}

    today: IsoDate = Field(title="判断日期")
    reliefs: tuple[Relief, ...] = Field(default=(), title="已记录的例外或决定")

    @model_validator(mode="wrap")
    @classmethod
    def _kept(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        with kept():
            return handler(data)

    @classmethod
    def example(cls, **changes: object) -> Self:
        """Facts that break no rule, with `changes`."""
        return cls.model_validate({"today": date(2026, 8, 3), **cls.EXAMPLE, **changes})

    def supposing(self, otherwise: Mapping[str, Any]) -> Self:
        """The same with some facts supposed to be otherwise, by name. Raises ValidationError."""
        if not otherwise:
            return self
        return type(self).model_validate({**self.model_dump(), **otherwise})


class ToldFacts(Facts):
    """What a gate's facts have that rest on what other services told: how complete, how old."""

    backlog: Count = Field(default=0, title="尚未处理的项目事件数")
    knowledge_age_minutes: Count | None = Field(
        default=None, title="项目信息距今分钟数；空表示从未同步"
    )
    knowledge_max_age_minutes: Count = Field(default=1440, title="项目信息允许的最大时差（分钟）")
