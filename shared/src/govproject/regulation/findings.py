"""What a rule finds and what a gate decides.

A decision is `allowed` or `refused`, with nothing in between. A finding that blocks makes it
`refused`, unless the clause leaves the bureau a choice and the bureau's act is on record.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from govproject.terms import ReliefKind

Severity = Literal["block", "warn"]

MOST_FINDINGS = 1000
"""Of one rule. One that never ends to yield must not fill the memory."""


class Relief(BaseModel):
    """A recorded act of the bureau that lifts one rule's refusal for one project, until a day."""

    model_config = ConfigDict(frozen=True)

    rule: str
    kind: ReliefKind
    reason: str
    approver: str
    document: str
    expires_on: date

    def holds(self, today: date) -> bool:
        """Whether it has not run out; its last day counts."""
        return today <= self.expires_on

    def lifts(self, finding: "Finding", today: date) -> bool:
        """Whether this act, not yet expired, is the kind the clause accepts for this rule."""
        return (
            self.kind == finding.relief != ReliefKind.NONE
            and self.rule == finding.rule
            and self.holds(today)
        )

    @property
    def named(self) -> str:
        """Which act it is and until when, as people read it.

        >>> Relief(rule="filing_security", kind="exception", reason="应急", approver="bureau",
        ...        document="亭数〔2026〕8号", expires_on="2026-12-31").named
        '经批准的例外：亭数〔2026〕8号，bureau批准，有效期至2026-12-31'
        """
        return f"{self.kind.zh}：{self.document}，{self.approver}批准，有效期至{self.expires_on}"


class Finding(BaseModel):
    """One thing a rule found: which clause, what failed, and what the unit can do about it."""

    model_config = ConfigDict(frozen=True)

    rule: str = ""
    source: str = ""
    article: str = ""
    clause: str = ""
    quote: str = ""
    severity: Severity
    relief: ReliefKind = ReliefKind.NONE
    message: str
    fact: dict[str, Any] = Field(default_factory=dict)
    remedy: str
    lifted_by: Relief | None = None


Findings = Iterator[Finding]
"""What a rule function returns: it yields findings, or nothing when all is well."""


def block(message: str, *, remedy: str, **fact: object) -> Finding:
    """A finding that refuses. `message` and `remedy` are Chinese sentences the unit reads."""
    return Finding(severity="block", message=message, remedy=remedy, fact=fact)


def warn(message: str, *, remedy: str, **fact: object) -> Finding:
    """A finding that is shown but refuses nothing."""
    return Finding(severity="warn", message=message, remedy=remedy, fact=fact)


class Decision(BaseModel):
    """A gate's answer, with everything needed to explain and repeat it."""

    model_config = ConfigDict(frozen=True)

    gate: str
    outcome: Literal["allowed", "refused"]
    findings: tuple[Finding, ...]
    rule_pack: str
    evaluated_at: datetime
    facts_digest: str
    reliefs: tuple[Relief, ...] = ()
    """The bureau's acts in force for the project, also those that lifted nothing here."""

    @property
    def allowed(self) -> bool:
        """True only when nothing blocks."""
        return self.outcome == "allowed"

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that refuse, in order of article."""
        return tuple(f for f in self.findings if f.severity == "block" and f.lifted_by is None)

    @property
    def lifted(self) -> tuple[Finding, ...]:
        """The findings that an act of the bureau keeps from refusing, in order of article."""
        return tuple(f for f in self.findings if f.severity == "block" and f.lifted_by is not None)

    @property
    def articles(self) -> tuple[str, ...]:
        """The articles a refusal rests on, each once, in order."""
        return tuple(dict.fromkeys(f.article for f in self.blocking))
