"""What operators see of a service's events and do about them: `/events/…`, for the role ops.

The auditors may read who did what. Every act answers with what it befell; with `dry_run` it only
tells.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field, TypeAdapter
from sqlmodel import Session, col, select
from starlette.responses import Response

from govproject.context import Context
from govproject.errors import NotFound
from govproject.fields import Command, Flag, LongText, View
from govproject.identity import Role
from govproject.messaging import operations
from govproject.messaging.operations import (
    Affected,
    Books,
    Filter,
    Lag,
    Order,
    ParkedEvent,
    Place,
    Selection,
)
from govproject.messaging.operations.selection import Moment
from govproject.persistence.tables import EventAction
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.paging import Page, PageQuery, Paging, decode, encode, paginate

_MOMENT = TypeAdapter[datetime](Moment)

OpsRead = Annotated[Read, read_as(Role.OPS)]
AuditRead = Annotated[Read, read_as(Role.OPS, Role.AUDIT)]
OpsWrite = Annotated[Write, write_as(Role.OPS)]


class ParkedQuery(Paging, Filter):
    """Which parked events, and which page of them."""


class Retry(Command):
    """Replay or republish."""

    selection: Selection = Field(description="哪些事件")
    reason: LongText | None = Field(default=None, description="原因，记入操作记录")
    dry_run: Flag = Field(default=False, description="只试算，不改变任何内容")


class PassOver(Command):
    """Skip."""

    selection: Selection = Field(description="哪些事件")
    reason: LongText = Field(description="为何可以不在本服务生效；记入操作记录和事件本身")
    dry_run: Flag = Field(default=False, description="只试算，不改变任何内容")


class ActionView(View):
    """What an operator did."""

    id: UUID = Field(description="操作记录编号")
    at: datetime = Field(description="时间")
    actor: str = Field(description="操作人：账号名，或 cli:操作系统用户名")
    action: str = Field(description="replay 重新处理，skip 跳过，republish 重新发布")
    reason: str | None = Field(description="原因")
    selection: Selection = Field(description="当时给出的条件")
    events: list[UUID] = Field(description="受影响事件的编号")


def router(service: str) -> APIRouter:
    """The routes for the events of the service of this name."""
    routes = APIRouter(prefix="/events", tags=["事件运维"])

    @routes.get("/parked", response_model=Page[ParkedEvent])
    def list_parked_events(query: Annotated[ParkedQuery, Query()], read: OpsRead) -> Response:
        """列出搁置事件，先收到的在前."""
        return read.answer(_parked, service, query)

    @routes.get("/parked/{event_id}", response_model=ParkedEvent)
    def get_parked_event(event_id: UUID, read: OpsRead) -> Response:
        """查看一个搁置事件的内容、原因和其后等待的事件数."""
        return read.answer(_one, service, event_id)

    @routes.post("/replay", response_model=Affected)
    def replay_events(command: Retry, write: OpsWrite) -> Response:
        """重新处理搁置事件：编号不变，其后的事件依次处理."""
        return write.once(_act, service, operations.replay, command)

    @routes.post("/skip", response_model=Affected)
    def skip_events(command: PassOver, write: OpsWrite) -> Response:
        """跳过搁置事件：该事件不在本服务生效，其后的事件依次处理."""
        return write.once(_act, service, operations.skip, command)

    @routes.post("/republish", response_model=Affected)
    def republish_events(command: Retry, write: OpsWrite) -> Response:
        """重新发布本服务仍保存的已发布事件；已收到的一方不会重复生效."""
        return write.once(_act, service, operations.republish, command)

    @routes.get("/lag", response_model=Lag)
    def get_lag(read: OpsRead) -> Response:
        """尚未发布、尚未生效的事件，以及对各发布方所知的新旧."""
        return read.answer(_lag, service)

    @routes.get("/verify", response_model=Books)
    def verify_books(read: OpsRead) -> Response:
        """核对本服务的事件账目."""
        return read.answer(_verify, service)

    @routes.get("/actions", response_model=Page[ActionView])
    def list_actions(paging: PageQuery, read: AuditRead) -> Response:
        """列出运维操作记录，最近的在前."""
        return read.answer(_actions, paging)

    return routes


def _parked(
    session: Session, context: Context, service: str, query: ParkedQuery
) -> Page[ParkedEvent]:
    after = None if query.cursor is None else decode(query.cursor, _place)
    events, last = operations.parked(session, service, query, limit=query.limit, after=after)
    return Page(items=events, next_cursor=None if last is None else encode(_text(last)))


def _one(session: Session, context: Context, service: str, event_id: UUID) -> ParkedEvent:
    events, _ = operations.parked(session, service, Selection(ids=(event_id,)), limit=1)
    if not events:
        raise NotFound("event_not_parked", "没有这个编号的搁置事件。")
    return events[0]


def _act(
    session: Session,
    context: Context,
    service: str,
    act: Callable[[Session, str, Selection, Order], Affected],
    command: Retry | PassOver,
) -> Affected:
    order = Order(context.caller.subject, command.reason, context.now(), command.dry_run)
    return act(session, service, command.selection, order)


def _lag(session: Session, context: Context, service: str) -> Lag:
    return operations.lag(session, service, now=context.now())


def _verify(session: Session, context: Context, service: str) -> Books:
    return operations.verify(session, service, now=context.now())


def _actions(session: Session, context: Context, paging: Paging) -> Page[ActionView]:
    return paginate(
        session,
        select(EventAction),
        key=col(EventAction.id),
        paging=paging,
        view=lambda row: ActionView.model_validate(row.model_dump()),
        newest_first=True,
    )


def _text(place: Place) -> str:
    return f"{place.received_at.isoformat()}/{place.source}/{place.event_id}"


def _place(text: str) -> Place:
    moment, _, rest = text.partition("/")
    source, _, event_id = rest.rpartition("/")
    if not source.isprintable():
        raise ValueError("no cursor of ours")
    return Place(_MOMENT.validate_python(moment), source, UUID(event_id))
