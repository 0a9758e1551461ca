"""Looking for words in everything that the archive has a title of."""

from sqlalchemy import Row
from sqlmodel import Session

from govproject.context import Context
from govproject.errors import Invalid
from govproject.web.paging import Page, decode, encode
from govproject_archive import search_index, search_tokens
from govproject_archive.search_index import Kind, Wanted
from govproject_archive.views import SearchHit, SearchQuery


def search(session: Session, context: Context, query: SearchQuery) -> Page[SearchHit]:
    """What holds all words, newest first; a unit finds its own only.

    Raises:
        Invalid: the days are the wrong way round.
    """
    if query.from_ is not None and query.to is not None and query.from_ > query.to:
        raise Invalid("days_reversed", "起始日期不能晚于截止日期。")
    wanted = Wanted(
        words=tuple(search_tokens.words(query.text)),
        units=frozenset(unit for unit in (context.caller.limited_to, query.unit) if unit),
        file_class=query.file_class,
        first_day=query.from_,
        # Nothing in the archive is dated later than today.
        last_day=query.to or (context.today() if query.from_ else None),
    )
    below = None if query.cursor is None else decode(query.cursor, int)
    rows = search_index.find(session.connection(), wanted, below=below, limit=query.limit + 1)
    page = rows[: query.limit]
    return Page(
        items=[_hit(row) for row in page],
        next_cursor=encode(page[-1].id) if len(rows) > len(page) else None,
    )


def _hit(row: Row[tuple[object, ...]]) -> SearchHit:
    kind = Kind(row.kind)
    in_volume = kind in (Kind.VOLUME, Kind.VOLUME_ITEM)
    return SearchHit(
        kind=kind,
        title=row.title,
        project_id=row.project_id,
        project_name=row.project_name,
        unit=row.unit,
        file_class=row.file_class,
        dated_on=row.dated_on,
        volume_id=row.source_id if in_volume else None,
        position=row.position if kind is Kind.VOLUME_ITEM else None,
        handover_number=row.handover_number,
        process_file_id=row.source_id if kind is Kind.PROCESS_FILE else None,
    )
