"""What surrounds every request: ids, limits, one access-log line, metrics, and the last catch.

Plain ASGI rather than a Starlette middleware class: it sees the whole exchange, so the log line
and the counters also cover answers that no route gave.
"""

import json
import re
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from govproject import logs
from govproject.clock import Clock
from govproject.errors import Malformed, ProblemError, TooLarge
from govproject.fields import taken_in
from govproject.ids import new_id
from govproject.tracing import Span
from govproject.web import problems, spans
from govproject.web.metrics import Metrics

MAX_BODY_BYTES = 1024 * 1024

log = structlog.get_logger(__name__)

_REQUEST_ID = re.compile(r"[\x21-\x7e]{1,128}")
_SURROGATE_ESCAPE = re.compile(rb"\\u[dD][89a-fA-F]")
# Scraped and probed every few seconds; a line each would drown the others.
_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})


@dataclass(slots=True)
class _Exchange:
    """What is known of the answer."""

    status: int = 500
    started: bool = False


class Requests:
    """The only middleware of a service."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        clock: Clock,
        route_of: Callable[[Scope], str],
        uploads: frozenset[str] = frozenset(),
    ) -> None:
        self.app = app
        self.metrics = metrics
        self.clock = clock
        self.route_of = route_of
        self.uploads = uploads
        """Paths whose routes read the body themselves, as it comes, and bound it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one connection; only HTTP ones are of interest."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        span = spans.serve(scope, headers, quiet=scope["path"] in _QUIET)
        scope.setdefault("state", {}).update(request_id=request_id, traceparent=span.traceparent)
        exchange = _Exchange()

        async def send_with_id(message: Message) -> None:
            if message["type"] == "http.response.start":
                exchange.status, exchange.started = message["status"], True
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        ids = {"request_id": request_id, "trace_id": span.trace_id, "span_id": span.span_id}
        before = logs.about.set(lambda: ids)
        try:
            with span:
                began = time.perf_counter()
                try:
                    await self._answer(scope, headers, receive, send_with_id, exchange)
                finally:
                    self._record(scope, exchange.status, time.perf_counter() - began, span)
        finally:
            logs.about.reset(before)

    async def _answer(
        self, scope: Scope, headers: Headers, receive: Receive, send: Send, exchange: _Exchange
    ) -> None:
        request = Request(scope)
        try:
            if scope["path"] not in self.uploads:
                receive = await _with_checked_body(headers, receive)
            with taken_in(self.clock().date()):
                await self.app(scope, receive, send)
        except ProblemError as error:  # the body was refused before any route saw it
            await problems.of(request, error)(scope, receive, send)
        except Exception:  # whatever a route did not foresee: log it, tell the client nothing
            log.exception("request failed", path=scope["path"])
            if exchange.started:
                raise  # half an answer is out; only dropping the connection is honest
            await problems.internal(request)(scope, receive, send)

    def _record(self, scope: Scope, status: int, seconds: float, span: Span) -> None:
        route = self.route_of(scope)
        self.metrics.request(scope["method"], route, status, seconds)
        spans.answered(span, scope, route if scope.get("route") else None, status)
        if scope["path"] not in _QUIET:
            # The path without its query: a query may hold what should not be kept.
            log.info(
                "request",
                method=scope["method"],
                path=scope["path"],
                route=route,
                status=status,
                milliseconds=round(seconds * 1000, 1),
            )


def _request_id(given: str | None) -> str:
    return given if given and _REQUEST_ID.fullmatch(given) else str(new_id())


async def _with_checked_body(headers: Headers, receive: Receive) -> Receive:
    """Read the body whole, refuse what cannot be handled anywhere, and hand it on."""
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return receive
    chunks: list[bytes] = []
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":  # the client went away; the route will notice
            return _replay(message, receive)
        chunks.append(message.get("body", b""))
        size += len(chunks[-1])
        more = message.get("more_body", False)
        if size > MAX_BODY_BYTES:
            raise TooLarge("body_too_large", f"请求内容不得超过 {MAX_BODY_BYTES // 1024} KiB。")
    body = b"".join(chunks)
    if _SURROGATE_ESCAPE.search(body):
        _refuse_lone_surrogates(body)
    return _replay({"type": "http.request", "body": body, "more_body": False}, receive)


def _replay(first: Message, receive: Receive) -> Receive:
    pending = [first]

    async def replayed() -> Message:
        return pending.pop() if pending else await receive()

    return replayed


def _refuse_lone_surrogates(body: bytes) -> None:
    """Half a character is legal JSON, but no text: it can be neither stored nor sent on."""
    try:
        json.dumps(json.loads(body), ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Malformed("malformed_text", "请求中含有不完整的字符（单独的代理项）。") from None
    except (ValueError, RecursionError):
        return  # not JSON at all; the route says so in its own words
