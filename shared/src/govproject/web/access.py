"""What routes are written with: who may call, and one transaction around one handler.

A route names the roles it is open to and hands its command to a handler::

    @router.post("/projects", status_code=201, response_model=ProjectView)
    def declare_project(
        command: DeclareProject, write: Annotated[Write, write_as(Role.UNIT)]
    ) -> Response:
        '''项目申报（第5条）.'''
        return write.once(handlers.declare, command)

Routes are plain `def`: they run in a worker thread, where the synchronous session belongs. The
transaction has committed before the answer is built, so what a client is told is what is kept.
"""

import json
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, Any, TypeVar, TypeVarTuple

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session
from starlette.responses import Response

from govproject.context import Context
from govproject.errors import Forbidden, Invalid, Unauthorized
from govproject.fields import taken_in
from govproject.identity import Principal, Role
from govproject.persistence.database import Database, is_contended
from govproject.web import cookies, idempotency, pages, runtime
from govproject.web.idempotency import Answer

T = TypeVar("T")
Ts = TypeVarTuple("Ts")

# Of a transaction that lost against a concurrent one; each attempt starts from nothing.
_ATTEMPTS = 10
_PAUSE_SECONDS = 0.05
# Of its own: whoever seeds or watches the process's generator must not meet our pauses in it.
_CHANCE = random.SystemRandom()

bearer = HTTPBearer(
    scheme_name="bearer", bearerFormat="JWT", description="登录凭证", auto_error=False
)
Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)]
IdempotencyKey = Annotated[
    str | None,
    Header(
        pattern=r"^[!-~]{1,200}$",
        description="同一操作重试时使用相同的值，操作只会生效一次",
    ),
]


class _Rehearsed(Exception):  # noqa: N818  # named for what it says
    """Takes a transaction back that was only to show what it would do."""


@dataclass(frozen=True, slots=True)
class Read:
    """Runs a handler in a read-only snapshot."""

    context: Context
    db: Database

    def answer(self, handler: Callable[[Session, Context, *Ts], BaseModel], *args: *Ts) -> Response:
        """Answer 200 with what the handler returns."""
        with taken_in(None), self.db.read() as session:
            view = handler(session, self.context, *args)
            # Serialised inside the snapshot: a view may still read lazily.
            body = view.model_dump_json().encode()
        return _json(body, 200)

    def find(self, handler: Callable[[Session, Context, *Ts], T], *args: *Ts) -> T:
        """What a handler finds in a snapshot, for an answer that is no JSON."""
        with taken_in(None), self.db.read() as session:
            return handler(session, self.context, *args)


@dataclass(frozen=True, slots=True)
class Write:
    """Runs a handler in one transaction, at most once per Idempotency-Key."""

    context: Context
    db: Database
    key: str | None
    fingerprint: str
    status: int

    def once(
        self,
        handler: Callable[[Session, Context, *Ts], BaseModel],
        *args: *Ts,
        status: int | None = None,
        rehearsal: bool = False,
    ) -> Response:
        """Answer with what the handler returns, or what it returned the first time.

        Args:
            handler: does the work with the session; raising rolls everything back.
            args: handed to the handler after session and context.
            status: of the answer; the route's `status_code` unless given.
            rehearsal: answer what would happen, and keep nothing of it.

        Raises:
            Invalid: `idempotency_key_reused`, the key belongs to another request.
        """
        status = status or self.status
        for attempt in range(1, _ATTEMPTS):
            try:
                return self._attempt(handler, args, status, rehearsal)
            except DBAPIError as error:
                if not is_contended(error):
                    raise
            # Those who lost together must not come back together.
            time.sleep(_CHANCE.uniform(0, _PAUSE_SECONDS * attempt))
        return self._attempt(handler, args, status, rehearsal)

    def before(self, handler: Callable[[Session, Context, *Ts], T], *args: *Ts) -> T:
        """What a handler finds in a snapshot before the transaction begins.

        For what takes long and cannot have changed by then, such as reading a stored file.
        """
        with self.db.read() as session:
            return handler(session, self.context, *args)

    def _attempt(
        self,
        handler: Callable[[Session, Context, *Ts], BaseModel],
        args: tuple[*Ts],
        status: int,
        rehearsal: bool,
    ) -> Response:
        caller = self.context.caller
        # Handlers decide on what they read: nobody may have changed it when they commit.
        with (
            suppress(_Rehearsed),
            taken_in(None),
            self.db.write(serializable=True) as session,
        ):
            if self.key is not None:
                first = idempotency.claim(
                    session,
                    caller,
                    self.key,
                    fingerprint=self.fingerprint,
                    now=self.context.now(),
                )
                if first is not None:
                    return _json(first.body, first.status, replayed=True)
            body = handler(session, self.context, *args).model_dump_json().encode()
            if self.key is not None:
                idempotency.keep(session, caller, self.key, Answer(status, body))
            if rehearsal:
                raise _Rehearsed
        return _json(body, status)


def read_as(*roles: Role) -> Any:
    """What a parameter depends on: a `Read` for callers of these roles; without any, of all.

    The OpenAPI document says so: the roles are the scopes of the route's credentials.
    """

    async def dependency(request: Request, credentials: Credentials) -> Read:
        caller = _caller(request, credentials, roles)
        running = runtime.of(request)
        return Read(running.context(request, caller), running.db)

    return Security(dependency, scopes=roles)


def look_as(*roles: Role) -> Any:
    """The same for a page: a browser may show who it acts for by its login's cookie, too.

    One that nobody has logged in with is led to do so, and told of a problem on a page.
    """

    async def dependency(request: Request, credentials: Credentials) -> Read:
        request.state.page = pages.wanted(request)
        running = runtime.of(request)
        if credentials is None and (token := cookies.token(request, running.settings)):
            credentials = HTTPAuthorizationCredentials(scheme="Bearer", credentials=token)
        caller = _caller(request, credentials, roles)
        return Read(running.context(request, caller), running.db)

    return Security(dependency, scopes=roles)


def write_as(*roles: Role, reads_body: bool = True) -> Any:
    """What a parameter depends on: a `Write` for callers of these roles; without any, of all.

    With `reads_body=False` the route reads the body itself, as it comes; it must be idempotent by
    what it does, for the body then is no part of what an Idempotency-Key stands for.
    """

    async def dependency(
        request: Request, credentials: Credentials, idempotency_key: IdempotencyKey = None
    ) -> Write:
        caller = _caller(request, credentials, roles)
        running = runtime.of(request)
        return Write(
            running.context(request, caller),
            running.db,
            idempotency_key,
            await _fingerprint(request) if reads_body else _address(request),
            request.scope["route"].status_code or 200,
        )

    return Security(dependency, scopes=roles)


def _caller(
    request: Request, credentials: HTTPAuthorizationCredentials | None, roles: tuple[Role, ...]
) -> Principal:
    if credentials is None:
        raise Unauthorized("token_missing", "请求没有携带登录凭证。")
    caller = runtime.of(request).verifier.verify(credentials.credentials)
    if roles and caller.role not in roles:
        needed = "、".join(role.zh for role in roles)
        raise Forbidden(
            "role_not_allowed",
            f"该操作只能由{needed}办理，当前账号的身份是{caller.role.zh}。",
            roles=[role.value for role in roles],
        )
    return caller


async def _fingerprint(request: Request) -> str:
    """What makes two requests the same: method, address with query, and body.

    Raises:
        Invalid: `key_repeated`, the body says two things of one field.
    """
    body = await request.body()
    if body and "json" in request.headers.get("content-type", "").lower():
        json.loads(body, object_pairs_hook=_once_each)
    digest = sha256(f"{_address(request)}\n".encode())
    digest.update(body)
    return digest.hexdigest()


def _once_each(pairs: list[tuple[str, Any]]) -> None:
    """JSON takes the last of two values without a word; which one was meant nobody knows."""
    name, times = Counter(name for name, _ in pairs).most_common(1)[0] if pairs else ("", 0)
    if times > 1:
        raise Invalid("key_repeated", f"请求中的“{name}”出现了{times}次，请只保留一个。", name=name)


def _address(request: Request) -> str:
    return f"{request.method} {request.url.path}?{request.url.query}"


def _json(body: bytes, status: int, *, replayed: bool = False) -> Response:
    headers = {"Idempotency-Replayed": "true"} if replayed else None
    return Response(body, status_code=status, media_type="application/json", headers=headers)
