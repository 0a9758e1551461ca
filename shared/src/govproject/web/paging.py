"""Lists in pages. The cursor is opaque to clients: the key of the last item they were given."""

import base64
import binascii
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar, cast
from uuid import UUID

from fastapi import Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Mapped, QueryableAttribute
from sqlmodel import Session
from sqlmodel.sql.expression import SelectOfScalar

from govproject.errors import NotFound

T = TypeVar("T")
R = TypeVar("R")

_MAX_INTEGER = 2**63 - 1


class Page(BaseModel, Generic[T]):
    """Some items in order. `next_cursor` is null on the last page."""

    model_config = ConfigDict(frozen=True)

    items: list[T]
    next_cursor: str | None


class Paging(BaseModel):
    """Which page of a list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    limit: int = Field(default=50, ge=1, le=200, description="每页条数")
    cursor: str | None = Field(default=None, max_length=500, description="上一页给出的 next_cursor")


PageQuery = Annotated[Paging, Query()]
"""The parameter of a route that lists: `paging: PageQuery`."""


def paginate(
    session: Session,
    query: SelectOfScalar[R],
    *,
    key: Mapped[Any],
    paging: Paging,
    view: Callable[[R], T],
    newest_first: bool = False,
) -> Page[T]:
    """One page of what `query` selects.

    Args:
        session: where to read.
        query: selects one entity, unordered.
        key: a unique column of that entity, `col(Table.id)`, of type UUID, int or str; the list
            is in its order.
        paging: which page.
        view: turns an entity into an item.
        newest_first: descending order of the key.

    Raises:
        NotFound: `no_such_page`, the cursor is none that a list gives out.
    """
    column = cast("QueryableAttribute[Any]", key)
    if paging.cursor is not None:
        last = decode(paging.cursor, column.type.python_type)
        query = query.where(column < last if newest_first else column > last)
    query = query.order_by(column.desc() if newest_first else column.asc())
    rows = session.exec(query.limit(paging.limit + 1)).all()
    page = rows[: paging.limit]
    more = len(rows) > len(page)
    return Page(
        items=[view(row) for row in page],
        next_cursor=encode(getattr(page[-1], column.key)) if more else None,
    )


def encode(key: UUID | int | str) -> str:
    """The cursor of a page that ends with this key."""
    return base64.urlsafe_b64encode(str(key).encode()).decode().rstrip("=")


def decode(cursor: str, kind: Callable[[str], T]) -> T:
    """The key that a cursor was made of.

    Args:
        cursor: what a client sent.
        kind: makes a key of its text, or raises ValueError.

    Raises:
        NotFound: `no_such_page`, the cursor is none that a list gives out.
    """
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = kind(base64.b64decode(padded, altchars=b"-_", validate=True).decode())
    except (ValueError, binascii.Error):
        key = None
    if key is None or (isinstance(key, str) and "\0" in key) or key == "":
        raise NotFound("no_such_page", "没有这一页。")
    if isinstance(key, int) and abs(key) > _MAX_INTEGER:
        raise NotFound("no_such_page", "没有这一页。")
    return key
