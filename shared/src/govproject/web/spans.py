"""The span of a request, by the semantic conventions of OpenTelemetry for HTTP servers."""

from http import HTTPMethod, HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.types import Scope

from govproject import tracing
from govproject.tracing import Span

_METHODS = frozenset(HTTPMethod)


def serve(scope: Scope, headers: Headers, *, quiet: bool) -> Span:
    """Cover one request; a quiet one is not recorded."""
    parent = tracing.parse(headers.get("traceparent"))
    recorder = tracing.recorder
    if recorder is None or quiet:
        return Span(parent)
    return recorder.start(_method(scope), "SERVER", parent, _attributes(scope, headers))


def answered(span: Span, scope: Scope, route: str | None, status: int) -> None:
    """Add to a request's span what became of it.

    Args:
        span: from `serve`.
        scope: of the request.
        route: the path template; None when there was none.
        status: of the answer.
    """
    if tracing.recorder is None:
        return
    span.note({"http.response.status_code": status})
    if route is not None:
        span.note({"http.route": route}, name=f"{_method(scope)} {route}")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        span.fail(str(status))


def _method(scope: Scope) -> str:
    method: str = scope["method"]
    return method if method in _METHODS else "HTTP"


def _attributes(scope: Scope, headers: Headers) -> dict[str, Any]:
    # The path without its query: a query may hold what should not be kept.
    attributes = {
        "http.request.method": scope["method"] if scope["method"] in _METHODS else "_OTHER",
        "url.path": scope["path"],
        "url.scheme": scope["scheme"],
        "network.protocol.version": scope["http_version"],
    }
    if agent := headers.get("user-agent"):
        attributes["user_agent.original"] = agent
    if client := scope.get("client"):
        attributes["client.address"] = client[0]
    if server := scope.get("server"):
        attributes |= {"server.address": server[0], "server.port": server[1]}
    return attributes
