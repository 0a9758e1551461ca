"""What a handler is given besides its session and its command: who, when, under which rules."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from govproject.adapters import FileStore
from govproject.clock import Clock
from govproject.contracts import Event
from govproject.facts import Facts
from govproject.gates import Gate
from govproject.identity import Principal
from govproject.messaging import outbox
from govproject.plugins import Check, Plugins
from govproject.regulation.decide import OnFailure, decide
from govproject.regulation.findings import Decision
from govproject.regulation.pack import RulePack
from govproject.settings import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """One request's surroundings. `pack` is the one in force today; a project may keep an older."""

    caller: Principal
    service: str
    """The service's name, under which it consumes."""
    follows: tuple[str, ...]
    """The producers whose events it consumes."""
    clock: Clock
    hooks: Plugins
    pack: RulePack
    settings: Settings
    files: FileStore
    request_id: str
    traceparent: str | None = None
    on_decision: Callable[[Decision], None] | None = None
    on_failure: OnFailure | None = None
    shown_to_experts: Callable[[Session, "Context", UUID], bool] | None = None
    """Whether the calling expert is to judge a project by a file; None: no file is for experts."""

    def now(self) -> datetime:
        """The moment, in Asia/Shanghai."""
        return self.clock()

    def today(self) -> date:
        """The legal day, in Asia/Shanghai."""
        return self.clock().date()

    def decide(
        self,
        gate: Gate[Facts],
        facts: Facts,
        *,
        pack: RulePack | None = None,
        asked: Callable[[Check], bool] | None = None,
    ) -> Decision:
        """Ask every rule of a gate, and count the outcome.

        Args:
            gate: the question.
            facts: what is known.
            pack: the project's own rule pack when it started under an older one.
            asked: which rules, if not all of them.
        """
        decision = self.ask(gate, facts, pack=pack, asked=asked)
        if self.on_decision is not None:
            self.on_decision(decision)
        return decision

    def ask(
        self,
        gate: Gate[Facts],
        facts: Facts,
        *,
        pack: RulePack | None = None,
        asked: Callable[[Check], bool] | None = None,
    ) -> Decision:
        """The same for a question without effect, which is not counted as a decision."""
        return decide(
            self.hooks,
            gate,
            facts,
            pack=pack or self.pack,
            at=self.clock(),
            asked=asked,
            on_failure=self.on_failure,
        )

    def publish(self, session: Session, event: Event) -> UUID:
        """Append an event to the outbox; it leaves when the session's transaction commits."""
        return outbox.append(
            session,
            event,
            now=self.clock(),
            request_id=self.request_id,
            traceparent=self.traceparent,
        )
