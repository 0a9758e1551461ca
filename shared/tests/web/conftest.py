"""A small service of notes, built the way the five services are built."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from textwrap import dedent
from types import ModuleType
from typing import Annotated, Any
from uuid import UUID

import httpx2
import pytest
import structlog
from fastapi import APIRouter, FastAPI
from sqlmodel import Session, col, select
from starlette.responses import Response
from starlette.testclient import TestClient

from govproject import gates, logs, rule
from govproject.clock import SHANGHAI
from govproject.context import Context
from govproject.contracts.intake import ProjectRegistered
from govproject.errors import Conflict, NotFound, Refused
from govproject.facts import DeclarationFacts, Facts
from govproject.fields import Command, Count, IsoDate, MoneyYuan, ShortText, View
from govproject.identity import Role, create, mint
from govproject.ids import new_id
from govproject.persistence import migrate
from govproject.regulation.findings import Findings, block
from govproject.regulation.pack import RulePack
from govproject.service import Service
from govproject.settings import Settings
from govproject.web.access import Read, Write, read_as, write_as
from govproject.web.app import build
from govproject.web.paging import Page, PageQuery, Paging, paginate
from govproject.web.runtime import Runtime

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
PROJECT = UUID(int=7)

TABLES = """
    from uuid import UUID

    from sqlmodel import Field, SQLModel

    from govproject.persistence.tables import table_registry


    class Table(SQLModel, registry=table_registry()):
        pass


    class Note(Table, table=True):
        id: UUID = Field(primary_key=True)
        unit: str
        title: str = Field(unique=True)
"""


@pytest.fixture(scope="session")
def notes(tmp_path_factory) -> ModuleType:
    """The service's tables, as a package with its migration."""
    folder = tmp_path_factory.mktemp("package")
    package = folder / "example_notes"
    (package / "migrations").mkdir(parents=True)
    for init in (package, package / "migrations"):
        (init / "__init__.py").touch()
    (package / "tables.py").write_text(dedent(TABLES))
    sys.path.insert(0, str(folder))
    migrate.new_revision("notes", "example_notes")
    return sys.modules["example_notes.tables"]


@pytest.fixture(scope="session")
def identity(tmp_path_factory):
    directory = tmp_path_factory.mktemp("identity") / "identity"
    create(directory, {"bureau": "open sesame"})
    return directory


@pytest.fixture(autouse=True)
def log():
    """What the code under test logs, as dictionaries."""
    with structlog.testing.capture_logs([logs.with_work]) as lines:
        yield lines


class AddNote(Command):
    title: ShortText
    cost_yuan: MoneyYuan | None = None
    copies: Count = 1
    on: IsoDate | None = None


class NoteView(View):
    id: UUID
    title: str


@rule("declaration", article="5", quote="按项目类型申报")
def no_plan_without_a_year(facts: DeclarationFacts) -> Findings:
    if facts.plan_year < 2026:
        yield block("计划年度已过。", remedy="请改报下一年度。", plan_year=facts.plan_year)


@rule("declaration", article="4", quote="应当")
def one_that_breaks(facts: DeclarationFacts) -> Findings:
    if facts.plan_year == 2099:
        raise ZeroDivisionError
    yield from ()


@dataclass(frozen=True)
class Client:
    """Sends requests with the tokens of the local accounts."""

    http: TestClient
    app: FastAPI

    @property
    def runtime(self) -> Runtime:
        return self.app.state.runtime

    def request(
        self,
        method: str,
        path: str,
        *,
        as_: str | None = None,
        unit: str | None = None,
        headers: Mapping[str, str | bytes] | None = None,
        **kwargs: Any,
    ) -> httpx2.Response:
        sent: dict[str, str | bytes] = {**(headers or {})}
        if as_ is not None:
            sent["Authorization"] = f"Bearer {mint(self.runtime.settings.identity_dir, as_, unit)}"
        return self.http.request(method, path, headers=sent, **kwargs)

    def get(self, path: str, **kwargs: Any) -> httpx2.Response:
        return self.request("GET", path, **kwargs)

    def post(self, path: str, **kwargs: Any) -> httpx2.Response:
        return self.request("POST", path, **kwargs)


class Handlers:
    """Every way in which a handler can end."""

    def __init__(self, tables: ModuleType) -> None:
        self.note = tables.Note

    def add(self, session: Session, context: Context, command: AddNote) -> NoteView:
        note = self.note(id=new_id(), unit=context.caller.unit or "", title=command.title)
        session.add(note)
        session.flush()
        self._end(session, context, command.title)
        return NoteView(id=note.id, title=note.title)

    def _end(self, session: Session, context: Context, title: str) -> None:
        if title == "conflict":
            raise Conflict("not_now", "现在不行。")
        if title == "boom":
            raise RuntimeError("secret inside")
        if title in {"refused", "broken rule"}:
            facts = DeclarationFacts.example(plan_year=2020 if title == "refused" else 2099)
            raise Refused(context.decide(gates.DECLARATION, facts))
        if title == "publish":
            now = context.now()
            event = ProjectRegistered(project_id=PROJECT, city_system_ref="1", registered_at=now)
            context.publish(session, event)

    def one(self, session: Session, context: Context, note_id: UUID) -> NoteView:
        note = session.get(self.note, note_id)
        if note is None:
            raise NotFound("note_not_found", "没有这条记事。")
        context.caller.must_own(note.unit)
        return NoteView(id=note.id, title=note.title)

    def many(self, session: Session, context: Context, paging: Paging) -> Page[NoteView]:
        return paginate(
            session,
            select(self.note),
            key=col(self.note.id),
            paging=paging,
            view=lambda note: NoteView(id=note.id, title=note.title),
        )


def _router(handlers: Handlers) -> APIRouter:
    router = APIRouter(tags=["notes"])

    @router.post("/notes", status_code=201, response_model=NoteView)
    def add_note(
        command: AddNote, write: Annotated[Write, write_as(Role.UNIT, Role.BUREAU)]
    ) -> Response:
        """记一条（第5条）。"""
        return write.once(handlers.add, command)

    @router.get("/notes", response_model=Page[NoteView])
    def list_notes(paging: PageQuery, read: Annotated[Read, read_as()]) -> Response:
        """列出."""
        return read.answer(handlers.many, paging)

    @router.get("/notes/{note_id}", response_model=NoteView)
    def get_note(note_id: UUID, read: Annotated[Read, read_as(Role.UNIT)]) -> Response:
        """查看."""
        return read.answer(handlers.one, note_id)

    return router


def _stored(session: Session, context: Context, project_id: UUID) -> tuple[Facts, RulePack]:
    if project_id != PROJECT:
        raise NotFound("project_not_found", "没有这个项目。")
    context.caller.must_own("区教育局")
    return DeclarationFacts.example(plan_year=2020), context.pack


@pytest.fixture
def service(notes):
    rules = ModuleType("example_notes.rules")
    for function in (no_plan_without_a_year, one_that_breaks):
        setattr(rules, function.__name__, function)
    return Service(
        name="notes",
        title="记事服务",
        package="example_notes",
        version="0.1",
        routers=(_router(Handlers(notes)),),
        rules=(rules,),
        gates=(gates.DECLARATION, gates.FILING),
        stored_facts={"declaration": _stored},
    )


@pytest.fixture
def database_url(request, tmp_path):
    """SQLite, unless a test is parametrised with "postgresql"."""
    if getattr(request, "param", "sqlite") == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"sqlite:///{tmp_path}/notes.db"


@pytest.fixture
def settings(identity, database_url, tmp_path):
    return Settings(
        port=1,
        database_url=database_url,
        # Nothing listens there: these tests are about HTTP, and must not need a broker.
        amqp_url="amqp://guest:guest@127.0.0.1:1/",
        identity_dir=identity,
        files_dir=tmp_path / "files",
    )


@pytest.fixture
def client(service, settings):
    app = build(service, settings, clock=lambda: NOW)
    with TestClient(app) as http:
        yield Client(http, app)


@pytest.fixture
def problem():
    """Checks that a response is the expected problem document, and answers with it."""

    def check(response, status, code):
        assert (response.status_code, response.json()["code"]) == (status, code)
        assert response.headers["content-type"] == "application/problem+json"
        body = response.json()
        assert body["status"] == status
        assert body["request_id"] == response.headers["x-request-id"]
        return body

    return check


@pytest.fixture
def stored_titles(client, notes):
    def titles() -> list[str]:
        with client.runtime.db.read() as session:
            return list(session.exec(select(notes.Note.title)))

    return titles
