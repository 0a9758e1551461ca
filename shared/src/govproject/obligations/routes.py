"""The routes about duties, of every service that opens any."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from govproject.identity import Role
from govproject.obligations.keeping import Keeper, browse
from govproject.obligations.views import CloseObligation, ObligationQuery, ObligationView
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page

AnyReader = Annotated[Read, read_as()]
UnitWrite = Annotated[Write, write_as(Role.UNIT)]


def router(keeper: Keeper, *, tag: str) -> APIRouter:
    """The routes of one service."""
    made = APIRouter(tags=[tag])

    @made.get("/obligations", response_model=Page[ObligationView])
    def browse_obligations(read: AnyReader, query: Annotated[ObligationQuery, Query()]) -> Response:
        """义务事项列表；项目单位只看到本单位的事项。"""
        return read.answer(browse, query)

    @made.post("/obligations/{obligation_id}/closure", response_model=ObligationView)
    def close_obligation(
        obligation_id: UUID, command: CloseObligation, write: UnitWrite
    ) -> Response:
        """登记办结证明，办结义务事项。"""
        return write.once(keeper.prove, obligation_id, command)

    return made
