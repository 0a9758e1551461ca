"""The demo's people at their desks: each calls the services over HTTP with an own token."""

import asyncio
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any, Self

import httpx2

from govproject_local.suite import Suite

JSON = dict[str, Any]

_PATIENCE_SECONDS = 30.0
_POLL_SECONDS = 0.1


class UnexpectedAnswerError(Exception):
    """A service answered otherwise than the story says; the message shows what it answered."""


class Client:
    """HTTP calls to the five services in the name of local accounts."""

    def __init__(self, suite: Suite) -> None:
        self._suite = suite
        self._http = httpx2.AsyncClient(timeout=30, trust_env=False)
        self._tokens: dict[tuple[str, str | None], str] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def get(self, service: str, path: str, who: str = "bureau") -> JSON:
        """What a service shows."""
        return await self._call("GET", service, path, who, None, None, expect=200)

    async def post(
        self,
        service: str,
        path: str,
        who: str,
        body: JSON | None = None,
        *,
        unit: str | None = None,
    ) -> JSON:
        """Do something that must succeed."""
        return await self._call("POST", service, path, who, unit, body, expect=None)

    async def hand_in(self, service: str, name: str, content: bytes, unit: str) -> str:
        """Upload a file in the name of a unit, and answer with its id."""
        answer = await self._http.post(
            f"{self._suite.url(service)}/api/v1/files",
            params={"name": name},
            content=content,
            headers={"Authorization": f"Bearer {self._token('unit', unit)}"},
        )
        if not answer.is_success:
            raise UnexpectedAnswerError(
                f"upload of {name}: {answer.status_code} {answer.text[:500]}"
            )
        return str(answer.json()["id"])

    async def download(self, service: str, path: str, who: str) -> bytes:
        """A file that a service makes."""
        answer = await self._http.get(
            f"{self._suite.url(service)}/api/v1{path}",
            headers={"Authorization": f"Bearer {self._token(who, None)}"},
        )
        if answer.status_code != httpx2.codes.OK:
            raise UnexpectedAnswerError(
                f"GET {service}{path} as {who}: {answer.status_code} {answer.text[:500]}"
            )
        return answer.content

    async def refused(
        self,
        service: str,
        path: str,
        who: str,
        body: JSON | None = None,
        *,
        unit: str | None = None,
    ) -> JSON:
        """Do something that a rule must refuse; answers with the problem document."""
        return await self._call("POST", service, path, who, unit, body, expect=409)

    async def _call(
        self,
        method: str,
        service: str,
        path: str,
        who: str,
        unit: str | None,
        body: JSON | None,
        *,
        expect: int | None,
    ) -> JSON:
        answer = await self._http.request(
            method,
            f"{self._suite.url(service)}/api/v1{path}",
            json=body,
            headers={"Authorization": f"Bearer {self._token(who, unit)}"},
        )
        as_told = answer.is_success if expect is None else answer.status_code == expect
        if not as_told:
            raise UnexpectedAnswerError(
                f"{method} {service}{path} as {who}: {answer.status_code} {answer.text[:500]}"
            )
        found: JSON = answer.json()
        return found

    def _token(self, who: str, unit: str | None) -> str:
        if (who, unit) not in self._tokens:
            self._tokens[who, unit] = self._suite.token(who, unit)
        return self._tokens[who, unit]


async def until(what: str, condition: Callable[[], Awaitable[bool]]) -> None:
    """Wait for news to travel between services.

    Raises:
        UnexpectedAnswerError: it did not arrive in time.
    """
    try:
        async with asyncio.timeout(_PATIENCE_SECONDS):
            while not await condition():  # noqa: ASYNC110  # the event happens in another process
                await asyncio.sleep(_POLL_SECONDS)
    except TimeoutError:
        raise UnexpectedAnswerError(f"not within {_PATIENCE_SECONDS:g} s: {what}") from None
