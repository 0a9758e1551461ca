"""Every error leaves as RFC 9457 `application/problem+json`, with a code and a Chinese sentence."""

import json
from collections.abc import Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.exc import DataError, IntegrityError, SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from govproject.errors import (
    Conflict,
    Invalid,
    Malformed,
    ProblemError,
    Unauthorized,
    Unavailable,
)
from govproject.next_steps.places import API
from govproject.persistence.database import is_contended, is_unavailable
from govproject.regulation.findings import Finding
from govproject.web import login, pages
from govproject.web.phrases import phrase
from govproject.web.ways_on import ways_on

MEDIA_TYPE = "application/problem+json"

log = structlog.get_logger(__name__)

_TITLES = {
    400: "请求无法解析",
    401: "未登录或登录失效",
    403: "无权办理",
    404: "没有找到",
    405: "不支持的操作",
    409: "当前不能办理",
    413: "请求过大",
    415: "请求格式不支持",
    422: "填写不符合要求",
    500: "系统内部错误",
    503: "暂时无法办理",
}

_HTTP = {
    400: ("malformed_request", "请求内容无法解析，请核对编码与 JSON 格式。"),
    404: ("no_such_address", "没有这个地址，请核对网址。"),
    405: ("method_not_allowed", "这个地址不支持该操作。"),
}


class FieldError(BaseModel):
    """One value of the request that does not fit."""

    loc: list[str | int] = Field(description="where: body, path, query or header, then the names")
    msg: str
    type: str


class Problem(BaseModel):
    """An error as the client sees it; further members depend on `code`."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
    article: str | None = Field(default=None, description="依据的条款")
    remedy: str | None = Field(default=None, description="怎么办")
    instance: str
    request_id: str
    findings: list[Finding] | None = None
    errors: list[FieldError] | None = None


def responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of these error statuses, for FastAPI's `responses`."""
    schema = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {
        status: {"description": _TITLES[status], "content": {MEDIA_TYPE: schema}}
        for status in statuses
    }


def response(
    request: Request,
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    findings: Iterable[Finding] = (),
    extra: Mapping[str, Any] | None = None,
) -> Response:
    """A problem document."""
    way = ways_on().get(code)
    body: dict[str, Any] = {
        "type": f"urn:govproject:problem:{code}",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        **({"article": way.article} if way and way.article else {}),
        **({"remedy": way.remedy} if way else {}),
        "instance": request.url.path,
        "request_id": request.state.request_id,
        **(extra or {}),
    }
    if found := [finding.model_dump(mode="json") for finding in findings]:
        body["findings"] = found
    if getattr(request.state, "page", False):
        return pages.answer(pages.problem(body), status, headers)
    # A lone surrogate that a client sent in a name is echoed as its JSON escape, never as a crash.
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(text, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def of(request: Request, error: ProblemError) -> Response:
    """The document of one of our own errors."""
    if isinstance(error, Unauthorized) and getattr(request.state, "page", False):
        return login.lead(request)
    return response(
        request,
        error.status,
        error.code,
        error.detail,
        headers=error.headers,
        findings=error.findings,
        extra=error.extra,
    )


def internal(request: Request) -> Response:
    """The document of an error nobody foresaw: the request id, and nothing of the inside."""
    return response(
        request,
        500,
        "internal_error",
        f"系统内部错误，已记录。请将编号 {request.state.request_id} 告知运维人员。",
    )


def install(app: FastAPI) -> None:
    """Register the handlers of every kind of error but the unforeseen."""
    app.add_exception_handler(ProblemError, _problem)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(SQLAlchemyError, _database)


async def _problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ProblemError)  # noqa: S101  # what it is registered for
    return of(request, error)


async def _http(request: Request, error: Exception) -> Response:
    """No route was found: a browser that was looking for a page is told on one."""
    assert isinstance(error, HTTPException)  # noqa: S101  # what it is registered for
    code, detail = _HTTP.get(error.status_code) or ("http_error", "请求未能完成。")
    path = request.url.path
    if path.endswith(".html") or not path.startswith(f"{API}/"):
        request.state.page = pages.wanted(request)
    headers = error.headers
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(sorted(_methods(request)))}
    return response(request, error.status_code, code, detail, headers=headers)


def _methods(request: Request) -> set[str]:
    """Every method of the address; Starlette names only those of the first route that has it."""
    contexts = list(iter_route_contexts(request.app.routes))
    here = {c.path_format for c in contexts if c.original_route is request.scope.get("route")}
    return {method for c in contexts if c.path_format in here for method in c.methods or ()}


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # what it is registered for
    if isinstance(error.body, bytes):
        # FastAPI hands the raw body on when its content type is not JSON.
        detail = "请求内容须为 JSON，并注明 Content-Type: application/json。"
        return response(request, 415, "unsupported_media_type", detail)
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return of(request, Malformed(*_HTTP[400]))
    errors = [
        FieldError(
            loc=list(item["loc"]),
            msg=phrase(item["type"], item["msg"], item.get("ctx") or {}),
            type=item["type"],
        )
        for item in found
    ]
    return response(
        request,
        422,
        "invalid_request",
        _summary(errors),
        extra={"errors": [item.model_dump() for item in errors]},
    )


_SHOWN = 3
_PLACES = {"path": "网址中的", "query": "网址参数", "header": "请求头"}
_KEY = "[key]"
"""What pydantic adds to a place when the name there is wrong, not what stands under it."""


def _summary(errors: Sequence[FieldError]) -> str:
    shown = "；".join(f"{_where(item)}{item.msg}" for item in errors[:_SHOWN])
    more = f"；等共 {len(errors)} 处" if len(errors) > _SHOWN else ""
    return f"填写不符合要求：{shown}{more}。"


def _where(error: FieldError) -> str:
    """Where it is: `documents 第1项`; of a name that is wrong, the name itself."""
    place, *names = error.loc or ("body",)
    shown = [f"第{each + 1}项" if isinstance(each, int) else str(each) for each in names]
    if place != "body":
        shown.insert(0, _PLACES.get(str(place), str(place)))
    if shown and shown[-1] == _KEY:
        shown[-1:] = ["（这一名称）"]
    return f"{' '.join(shown)} " if shown else ""


async def _database(request: Request, error: Exception) -> Response:
    assert isinstance(error, SQLAlchemyError)  # noqa: S101  # what it is registered for
    if is_unavailable(error) or is_contended(error):
        log.warning("database unavailable", exc_info=error)
        return of(request, Unavailable("database_unavailable", "数据库暂时不可用。"))
    if isinstance(error, IntegrityError) and _is_duplicate(error):
        # Two requests raced past the handler's own check; the constraint decided.
        log.warning("duplicate refused by the database", exc_info=error)
        return of(request, Conflict("already_exists", "相同的记录已经存在。"))
    if isinstance(error, DataError):
        log.warning("value refused by the database", exc_info=error)
        return of(request, Invalid("unstorable_value", "含有无法保存的内容，请核对后重新提交。"))
    raise error


def _is_duplicate(error: IntegrityError) -> bool:
    sqlite = getattr(error.orig, "sqlite_errorname", None)
    postgres = getattr(error.orig, "sqlstate", None)
    return sqlite in {"SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY"} or (
        postgres == "23505"
    )
