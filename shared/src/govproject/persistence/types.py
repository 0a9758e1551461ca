"""Column types that mean the same on SQLite and PostgreSQL: moments, money, terms, documents.

Neither database may lose anything on the way: not the offset of a moment, not a fen of an amount,
not the type of a value.
"""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import JSON, BigInteger, DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

from govproject.clock import SHANGHAI
from govproject.fields import kept

_FEN_PLACES = 2
_MAX_FEN = 2**63 - 1


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware when written, stored in UTC, read back in Asia/Shanghai.

    The zone on reading is the one in which legal days are counted, so `.date()` is the legal day.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive moment; SQLite has no zones, there the UTC wall time is stored."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(
        self,
        value: datetime | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> datetime | None:
        """Add the zone that SQLite could not store."""
        if value is None:
            return None
        moment = value.replace(tzinfo=UTC) if value.tzinfo is None else value
        return moment.astimezone(SHANGHAI)


class Money(TypeDecorator[Decimal]):
    """An amount in yuan, exact to the fen, stored as whole fen.

    Whole numbers compare and add up in SQL on both databases, which decimals do not on SQLite.
    """

    impl = BigInteger
    cache_ok = True

    def coerce_compared_value(
        self,
        op: Any,  # noqa: ARG002  # SQLAlchemy's signature
        value: object,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> TypeEngine[Any]:
        """Compare with an amount, in fen as well."""
        return self

    def process_bind_param(
        self,
        value: Decimal | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> int | None:
        """Refuse what is not an exact number of fen; nothing is rounded."""
        if value is None:
            return None
        if not isinstance(value, Decimal):
            raise TypeError(f"an amount is a Decimal in yuan, not {value!r}")
        if not value.is_finite() or value != round(value, _FEN_PLACES):
            raise ValueError(f"an amount has at most {_FEN_PLACES} decimal places: {value}")
        fen = int(value.scaleb(_FEN_PLACES))
        if abs(fen) > _MAX_FEN:
            raise ValueError(f"an amount beyond what a column holds: {value}")
        return fen

    def process_result_value(
        self,
        value: int | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> Decimal | None:
        """Whole fen to yuan with two places."""
        return None if value is None else Decimal(value).scaleb(-_FEN_PLACES)


class Choice(TypeDecorator[StrEnum]):
    """One value of a closed vocabulary, stored as its text: a new member needs no migration."""

    impl = String
    cache_ok = True

    def __init__(self, vocabulary: type[StrEnum]) -> None:
        super().__init__()
        self.vocabulary = vocabulary

    def process_bind_param(
        self,
        value: StrEnum | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> str | None:
        """Refuse what is not in the vocabulary."""
        return None if value is None else self.vocabulary(value).value

    def process_result_value(
        self,
        value: str | None,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> StrEnum | None:
        """The member, not its text."""
        return None if value is None else self.vocabulary(value)


class Document(TypeDecorator[Any]):
    """A value of any type that pydantic knows, stored as JSON and read back as that type.

    It is replaced, never changed in place: SQLAlchemy does not see inside.
    """

    impl = JSON
    cache_ok = True

    def __init__(self, type_: Any) -> None:
        super().__init__(none_as_null=True)
        self.type_ = type_
        self._adapter: TypeAdapter[Any] = TypeAdapter(type_)

    def process_bind_param(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> Any:
        """To JSON values."""
        return None if value is None else self._adapter.dump_python(value, mode="json")

    def process_result_value(
        self,
        value: Any,
        dialect: Dialect,  # noqa: ARG002  # SQLAlchemy's signature
    ) -> Any:
        """Back to the type."""
        if value is None:
            return None
        with kept():
            return self._adapter.validate_python(value)
