"""The search index: what a search shows (`search_entry`) and what it looks up (`search_token`).

Both are made of the service's rows by `refresh`, in the transaction that changes the rows, and by
`rebuild` for all of them; migrations call it, so it knows tables by their names alone. The tokens
are an FTS5 table on SQLite and an array with a GIN index on PostgreSQL. They only narrow down: what
is found is decided by the conditions on the entry itself, the unit's included.

Entries are found newest first. The newest few are read as they are, which is enough for a frequent
word. FTS5 can be asked for the next older ones that match. GIN answers with everything that
matches, so what is not rare is looked up in blocks of neighbours, of which entries carry tokens.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from govproject.persistence.sql import among
from govproject.persistence.types import UtcDateTime
from govproject.terms import Term
from govproject_archive import search_tokens

_NEWEST = 512
_AT_A_TIME = 512
_SHIFTS = (13, 16, 19, 22)
_MOST_TOKENS = 64
_MOST_YEARS = 10
_WITHDRAWN = "withdrawn"


class Kind(Term):
    """What an entry stands for."""

    PROJECT = "project", "项目"
    VOLUME = "volume", "案卷"
    VOLUME_ITEM = "volume_item", "卷内文件"
    PROCESS_FILE = "process_file", "过程材料"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; everything given must hold."""

    words: tuple[str, ...]
    """Folded; each stands somewhere in the entry's text."""
    units: frozenset[str] = frozenset()
    file_class: str | None = None
    first_day: date | None = None
    last_day: date | None = None


def _table(name: str, /, **columns: Any) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, type_) for column, type_ in columns.items()))


_PROJECT = _table("project", id=sa.Uuid, project_name=sa.String, unit=sa.String)
_VOLUME = _table(
    "volume",
    id=sa.Uuid,
    project_id=sa.Uuid,
    file_class=sa.String,
    title=sa.String,
    state=sa.String,
    handover_number=sa.String,
)
_ITEM = _table(
    "volume_item", volume_id=sa.Uuid, position=sa.Integer, title=sa.String, dated_on=sa.Date
)
_PROCESS_FILE = _table(
    "process_file", id=sa.Uuid, project_id=sa.Uuid, name=sa.String, uploaded_at=UtcDateTime
)
_ENTRY = _table(
    "search_entry",
    id=sa.BigInteger,
    kind=sa.String,
    source_id=sa.Uuid,
    position=sa.Integer,
    project_id=sa.Uuid,
    unit=sa.String,
    file_class=sa.String,
    dated_on=sa.Date,
    title=sa.String,
    folded=sa.String,
)
_WORDS = _table("search_token", rowid=sa.BigInteger, tokens=sa.String)
_ARRAYS = _table("search_token", entry_id=sa.BigInteger, tokens=ARRAY(sa.BigInteger))


def _source(
    source_id: sa.ColumnClause[UUID],
    title: sa.ColumnClause[str],
    *,
    position: sa.ColumnElement[int] | None = None,
    file_class: sa.ColumnElement[str] | None = None,
    day: sa.ColumnElement[Any] | None = None,
    number: sa.ColumnElement[str] | None = None,
) -> sa.Select[Any]:
    return sa.select(
        source_id.label("source_id"),
        (sa.literal(0) if position is None else position).label("position"),
        _PROJECT.c.id.label("project_id"),
        _PROJECT.c.unit.label("unit"),
        (sa.null() if file_class is None else file_class).label("file_class"),
        (sa.null() if day is None else day).label("day"),
        title.label("title"),
        (sa.null() if number is None else number).label("number"),
    ).where(_PROJECT.c.unit.is_not(None))


_LAST_DAY = (
    sa.select(sa.func.max(_ITEM.c.dated_on))
    .where(_ITEM.c.volume_id == _VOLUME.c.id)
    .scalar_subquery()
)
_OF_PROJECT = _PROJECT.c.id == _VOLUME.c.project_id
_IN_VOLUME = _VOLUME.c.id == _ITEM.c.volume_id
_KEPT = _VOLUME.c.state != _WITHDRAWN
_SOURCES: dict[Kind, sa.Select[Any]] = {
    Kind.PROJECT: _source(_PROJECT.c.id, _PROJECT.c.project_name),
    Kind.VOLUME: _source(
        _VOLUME.c.id,
        _VOLUME.c.title,
        file_class=_VOLUME.c.file_class,
        day=_LAST_DAY,
        number=_VOLUME.c.handover_number,
    ).where(_OF_PROJECT, _KEPT),
    Kind.VOLUME_ITEM: _source(
        _ITEM.c.volume_id,
        _ITEM.c.title,
        position=_ITEM.c.position,
        file_class=_VOLUME.c.file_class,
        day=_ITEM.c.dated_on,
    ).where(_IN_VOLUME, _OF_PROJECT, _KEPT),
    Kind.PROCESS_FILE: _source(
        _PROCESS_FILE.c.id, _PROCESS_FILE.c.name, day=_PROCESS_FILE.c.uploaded_at
    ).where(_PROCESS_FILE.c.project_id == _PROJECT.c.id),
}
_SOURCE_ID = {
    Kind.PROJECT: _PROJECT.c.id,
    Kind.VOLUME: _VOLUME.c.id,
    Kind.VOLUME_ITEM: _ITEM.c.volume_id,
    Kind.PROCESS_FILE: _PROCESS_FILE.c.id,
}


def create(connection: sa.Connection) -> None:
    """Make the table of the tokens, which no model can describe for both databases."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(
            "CREATE TABLE search_token (entry_id BIGINT PRIMARY KEY"
            " REFERENCES search_entry (id) ON DELETE CASCADE, tokens BIGINT[] NOT NULL)"
        )
        # Without fast updates: a list of pending rows would be read by every search.
        connection.exec_driver_sql(
            "CREATE INDEX ix_search_token_tokens ON search_token USING gin (tokens)"
            " WITH (fastupdate = off)"
        )
    else:
        connection.exec_driver_sql(
            "CREATE VIRTUAL TABLE search_token USING fts5"
            "(tokens, content='', columnsize=0, detail=none, tokenize='ascii')"
        )


def refresh(connection: sa.Connection, source_id: UUID, *kinds: Kind) -> None:
    """Make the entries of a project, volume or process file what its rows now say."""
    for kind in kinds:
        # On SQLite the tokens stay behind, of an id that is never given again.
        connection.execute(
            sa.delete(_ENTRY).where(_ENTRY.c.source_id == source_id, _ENTRY.c.kind == kind.value)
        )
        _put(connection, kind, _SOURCES[kind].where(_SOURCE_ID[kind] == source_id))


def rebuild(connection: sa.Connection) -> None:
    """Make the whole index anew, a project after the other."""
    connection.execute(sa.delete(_ENTRY))
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("INSERT INTO search_token (search_token) VALUES ('delete-all')")
    projects = connection.execute(sa.select(_PROJECT.c.id).order_by(_PROJECT.c.id)).scalars().all()
    for project_id in projects:
        for kind, source in _SOURCES.items():
            _put(connection, kind, source.where(_PROJECT.c.id == project_id))


def find(
    connection: sa.Connection, wanted: Wanted, *, below: int | None, limit: int
) -> list[sa.Row[Any]]:
    """The newest entries that hold all that is wanted.

    Args:
        connection: where to read.
        wanted: at least one word.
        below: only entries with smaller ids; None for all.
        limit: how many at most.
    """
    if below is None:
        below = connection.execute(sa.select(sa.func.max(_ENTRY.c.id))).scalar_one() or 0
        below += 1
    low = max(below - _NEWEST, 1)
    newest = _entries(wanted).where(_ENTRY.c.id >= low, _ENTRY.c.id < below)
    found = list(connection.execute(newest.limit(limit)))
    if len(found) == limit or low == 1:
        return found
    look_up = _in_blocks if connection.dialect.name == "postgresql" else _in_order
    share = max(len(found), 0.5) / _NEWEST
    listed = _entries(wanted).where(among(connection.dialect, _ENTRY.c.id, "ids"))
    for ids in look_up(connection, wanted, low, limit / share):
        if ids:
            found += connection.execute(listed.limit(limit - len(found)), {"ids": ids})
        if len(found) == limit:
            break
    return found


def _put(connection: sa.Connection, kind: Kind, source: sa.Select[Any]) -> None:
    entries = [_entry(kind, row) for row in connection.execute(source)]
    if not entries:
        return
    key = _ENTRY.c.source_id, _ENTRY.c.position
    made = connection.execute(sa.insert(_ENTRY).returning(*key, _ENTRY.c.id), entries)
    ids = {(source_id, position): entry_id for source_id, position, entry_id in made}
    made_of = [(ids[entry["source_id"], entry["position"]], _tokens(entry)) for entry in entries]
    if connection.dialect.name == "postgresql":
        arrays = [
            {"entry_id": entry_id, "tokens": [*tokens, *_blocks_of(entry_id)]}
            for entry_id, tokens in made_of
        ]
        connection.execute(sa.insert(_ARRAYS), arrays)
    else:
        words = [
            {"rowid": entry_id, "tokens": search_tokens.spelt(tokens)}
            for entry_id, tokens in made_of
        ]
        connection.execute(sa.insert(_WORDS), words)


def _entry(kind: Kind, row: sa.Row[Any]) -> dict[str, Any]:
    parts = (row.title, row.number)
    return {
        "kind": kind.value,
        "source_id": row.source_id,
        "position": row.position,
        "project_id": row.project_id,
        "unit": row.unit,
        "file_class": row.file_class,
        "dated_on": row.day.date() if kind is Kind.PROCESS_FILE else row.day,
        "title": row.title,
        # No word has a line break in it, so none is found across two parts.
        "folded": "\n".join(search_tokens.fold(part) for part in parts if part is not None),
    }


def _tokens(entry: dict[str, Any]) -> set[int]:
    facets = {"unit": entry["unit"], "class": entry["file_class"]}
    if entry["dated_on"] is not None:
        facets["year"] = entry["dated_on"].year
    return search_tokens.of_text(entry["folded"]) | {
        search_tokens.facet(name, value) for name, value in facets.items() if value is not None
    }


def _tokens_of(wanted: Wanted) -> list[int]:
    pairs = {token for word in wanted.words for token in search_tokens.of_word(word)}
    facets = [search_tokens.facet("unit", unit) for unit in wanted.units]
    if wanted.file_class is not None:
        facets.append(search_tokens.facet("class", wanted.file_class))
    # They narrow down; a few of a long word's pairs do that as well as all.
    return [*facets, *sorted(pairs)[:_MOST_TOKENS]]


def _years(wanted: Wanted) -> list[int]:
    if wanted.first_day is None or wanted.last_day is None:
        return []
    years = range(wanted.first_day.year, wanted.last_day.year + 1)
    return (
        [search_tokens.facet("year", year) for year in years] if len(years) <= _MOST_YEARS else []
    )


def _blocks_of(entry_id: int) -> list[int]:
    return [search_tokens.block(entry_id, shift) for shift in _SHIFTS]


def _in_order(
    connection: sa.Connection, wanted: Wanted, below: int, _: float
) -> Iterator[Sequence[int]]:
    """Entries that may be wanted, some at a time: FTS5 finds them in order, and no further."""
    match = search_tokens.spelt(_tokens_of(wanted))
    if years := _years(wanted):
        match += f" AND ({' OR '.join(map(str, years))})"
    matches = sa.literal_column("search_token").op("MATCH")(match)
    query = sa.select(_WORDS.c.rowid).where(matches).order_by(_WORDS.c.rowid.desc())
    while True:
        older = query.where(_WORDS.c.rowid < below).limit(_AT_A_TIME)
        ids = connection.execute(older).scalars().all()
        yield ids
        if len(ids) < _AT_A_TIME:
            return
        below = ids[-1]


def _in_blocks(
    connection: sa.Connection, wanted: Wanted, below: int, stretch: float
) -> Iterator[Sequence[int]]:
    """Entries that may be wanted: all at once if they are few, else from ever larger blocks.

    The first block is as large as the stretch that seems to hold enough of them.
    """
    held, tokens = _ARRAYS.c.tokens, _tokens_of(wanted)
    query = sa.select(_ARRAYS.c.entry_id)
    if years := _years(wanted):
        query = query.where(held.op("&&")(_array(years)))

    def older(*block: int) -> Sequence[int]:
        holds = held.op("@>")(_array([*tokens, *block]))
        some = query.where(holds, _ARRAYS.c.entry_id < below)
        return connection.execute(some if block else some.limit(_AT_A_TIME)).scalars().all()

    few = older()
    if len(few) < _AT_A_TIME:
        yield few
        return
    shifts = iter([shift for shift in _SHIFTS if 1 << shift >= stretch])
    shift = _SHIFTS[-1]
    while below > 1:
        shift = next(shifts, shift)
        block = search_tokens.block(below - 1, shift)
        yield older(block)
        below = below - 1 >> shift << shift


def _array(tokens: list[int]) -> sa.ColumnElement[Any]:
    return sa.literal(tokens, ARRAY(sa.BigInteger))


def _entries(wanted: Wanted) -> sa.Select[Any]:
    at_volume = sa.and_(
        _VOLUME.c.id == _ENTRY.c.source_id,
        _ENTRY.c.kind.in_([Kind.VOLUME.value, Kind.VOLUME_ITEM.value]),
    )
    source = _ENTRY.join(_PROJECT, _PROJECT.c.id == _ENTRY.c.project_id).outerjoin(
        _VOLUME, at_volume
    )
    query = (
        sa.select(_ENTRY, _PROJECT.c.project_name, _VOLUME.c.handover_number)
        .select_from(source)
        .where(*(_ENTRY.c.folded.contains(word, autoescape=True) for word in wanted.words))
        .where(*(_ENTRY.c.unit == unit for unit in wanted.units))
    )
    if wanted.file_class is not None:
        query = query.where(_ENTRY.c.file_class == wanted.file_class)
    if wanted.first_day is not None:
        query = query.where(_ENTRY.c.dated_on >= wanted.first_day)
    if wanted.last_day is not None:
        query = query.where(_ENTRY.c.dated_on <= wanted.last_day)
    return query.order_by(_ENTRY.c.id.desc())
