"""Errors that say what happened in words an official reads; the web layer renders them as RFC 9457.

Handlers raise these; the transaction is rolled back and nothing stays half-written. A consumer that
raises one parks its message: such an error is permanent, repeating it would not help.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from govproject.regulation.findings import Decision, Finding

# They are named for what the caller is told, as the HTTP status reads; hence N818 below.


class ProblemError(Exception):
    """Something the caller did, or must wait for.

    Args:
        code: stable snake_case word for programs.
        detail: Chinese sentence for people: what is wrong and what to do.
        extra: further JSON-able members of the problem document.
    """

    status: ClassVar[int]
    headers: ClassVar[Mapping[str, str]] = {}

    def __init__(self, code: str, detail: str, **extra: Any) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.extra = extra
        self.findings: tuple[Finding, ...] = ()


class Malformed(ProblemError):  # noqa: N818  # named as the status reads
    """The request cannot be read at all."""

    status = 400


class Unauthorized(ProblemError):  # noqa: N818  # named as the status reads
    """No token, or one that is expired or forged."""

    status = 401
    headers: ClassVar[Mapping[str, str]] = {"WWW-Authenticate": 'Bearer realm="govproject"'}


class Forbidden(ProblemError):  # noqa: N818  # named as the status reads
    """A valid token of somebody who may not do this."""

    status = 403


class NotFound(ProblemError):  # noqa: N818  # named as the status reads
    """What the request names does not exist."""

    status = 404


class Conflict(ProblemError):  # noqa: N818  # named as the status reads
    """The state of things does not admit this now: wrong order, already done, a duplicate."""

    status = 409


class Refused(Conflict):
    """A gate refused; every finding travels with the answer."""

    def __init__(self, decision: Decision) -> None:
        lifted = [
            f"（第{finding.article}条已有{finding.lifted_by.named}。）"
            for finding in decision.lifted
            if finding.lifted_by is not None
        ]
        super().__init__(
            "refused",
            "".join([*(finding.message for finding in decision.blocking), *lifted]),
            decision=decision.model_dump(mode="json", exclude={"findings"}),
        )
        self.findings = decision.findings


class TooLarge(ProblemError):  # noqa: N818  # named as the status reads
    """A request body beyond what any command needs."""

    status = 413


class Invalid(ProblemError):  # noqa: N818  # named as the status reads
    """Understood, but a value makes no sense."""

    status = 422


class Unavailable(ProblemError):  # noqa: N818  # named as the status reads
    """This service cannot work at the moment; the same request may succeed later."""

    status = 503
    headers: ClassVar[Mapping[str, str]] = {"Retry-After": "5"}


class PrerequisiteError(Exception):
    """Something the process needs is missing. The message is one line: what, and how to fix it."""
