"""A client of the services as it should be: every command has a key, and is asked until answered.

No answer, or one that blames the service, says nothing about what happened: the same request goes
out again under the same key. What a command does must happen once, however often that was.
"""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self
from urllib.parse import urlencode

import httpx2

JSON = dict[str, Any]

_TIMEOUT_SECONDS = 15.0
_FIRST_PAUSE = 0.1
_LONGEST_PAUSE = 1.0
# Being away for long is no loss.
_PATIENCE_SECONDS = 600.0
_NOT_YET = (404, 409)
_SERVERS_FAULT = 500
_NO_ANSWER = 503


class EnoughError(Exception):
    """The run has what it needs: no new command is begun."""


class CommandError(Exception):
    """A command that had to succeed was refused, or was not answered in all the time given."""


@dataclass(frozen=True, slots=True)
class Transaction:
    """A command that was acknowledged with 2xx."""

    request_id: str
    service: str
    events: tuple[str, ...]
    """The names of the events that it must have caused there, e.g. "project.declared"."""


class Caller:
    """Gives commands in the name of local accounts and keeps what was acknowledged.

    Args:
        url: answers with the address of a service.
        token: answers with a bearer token of an account, for a unit.
        enough: whether the run has what it needs, given how many were acknowledged.
        patience: seconds for which a command may be refused because news has not arrived.
    """

    def __init__(
        self,
        url: Callable[[str], str],
        token: Callable[[str, str | None], str],
        enough: Callable[[int], bool],
        patience: float,
    ) -> None:
        self.transactions: list[Transaction] = []
        self.repeated = 0
        """Requests that had to be sent again without an answer."""
        self._url = url
        self._token = token
        self._enough = enough
        self._patience = patience
        self._tokens: dict[tuple[str, str | None], str] = {}
        self._http = httpx2.AsyncClient(timeout=_TIMEOUT_SECONDS, trust_env=False)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self._http.aclose()

    async def do(
        self,
        service: str,
        path: str,
        who: str,
        body: JSON | None = None,
        *,
        unit: str | None = None,
        events: Callable[[JSON], tuple[str, ...]] | tuple[str, ...] = (),
        news: bool = False,
    ) -> JSON:
        """Give one command and have it acknowledged.

        Args:
            service: whom to.
            path: below /api/v1.
            who: the account.
            body: what the command says.
            unit: the unit that the account acts for.
            events: what it must cause, or a function of the answer that says so.
            news: whether it can be refused only until news of other services has arrived.

        Raises:
            EnoughError: the run is over.
            CommandError: it was refused, or not answered in time.
        """
        if self._enough(len(self.transactions)):
            raise EnoughError
        request_id = secrets.token_hex(12)
        headers = {
            "Authorization": f"Bearer {self._bearer(who, unit)}",
            "Idempotency-Key": request_id,
            "X-Request-ID": request_id,
        }
        what = f"POST {service}{path} as {who}"
        address = f"{self._url(service)}/api/v1{path}"
        began, pause = time.monotonic(), _FIRST_PAUSE
        unanswered = 0
        while not (answer := await self._ask(address, body, headers)).is_success:
            waited, patience = time.monotonic() - began, _PATIENCE_SECONDS
            unanswered += answer.status_code >= _SERVERS_FAULT
            if answer.status_code < _SERVERS_FAULT:
                patience = self._patience
                if not news or answer.status_code not in _NOT_YET:
                    raise CommandError(f"{what}: {answer.status_code} {answer.text[:300]}")
                if not unanswered and self._enough(len(self.transactions)):
                    raise EnoughError  # only ever refused, so nothing happened
            if waited > patience:
                raise CommandError(
                    f"{what}: not within {waited:.0f} s: {answer.status_code} {answer.text[:300]}"
                )
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        found: JSON = answer.json()
        names = events(found) if callable(events) else events
        self.transactions.append(Transaction(request_id, service, names))
        return found

    async def hand_in(self, service: str, name: str, content: bytes, who: str, unit: str) -> str:
        """Upload a file and have it acknowledged; the same again is the same file.

        Returns:
            Its id.

        Raises:
            CommandError: it was refused, or not answered in time.
        """
        headers = {"Authorization": f"Bearer {self._bearer(who, unit)}"}
        address = f"{self._url(service)}/api/v1/files?{urlencode({'name': name})}"
        began = time.monotonic()
        while not (answer := await self._ask(address, content, headers)).is_success:
            waited = time.monotonic() - began
            if answer.status_code < _SERVERS_FAULT or waited > _PATIENCE_SECONDS:
                raise CommandError(f"upload to {service}: {answer.status_code} {answer.text[:300]}")
            await asyncio.sleep(_LONGEST_PAUSE)
        return str(answer.json()["id"])

    async def _ask(
        self, address: str, body: JSON | bytes | None, headers: dict[str, str]
    ) -> httpx2.Response:
        """Send a request; no answer is given as 503."""
        said = {"content": body} if isinstance(body, bytes) else {"json": body}
        try:
            answer = await self._http.post(address, headers=headers, **said)
        except httpx2.TransportError as error:
            answer = httpx2.Response(_NO_ANSWER, text=type(error).__name__)
        self.repeated += answer.status_code >= _SERVERS_FAULT
        return answer

    def _bearer(self, who: str, unit: str | None) -> str:
        if (who, unit) not in self._tokens:
            self._tokens[who, unit] = self._token(who, unit)
        return self._tokens[who, unit]
