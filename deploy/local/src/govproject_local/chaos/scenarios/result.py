"""What a scenario found."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """Counts of events whose effects are not as promised, and how the scenario went.

    `passed` is false when it was skipped: then nothing is known.
    """

    name: str
    passed: bool
    detail: str
    """A sentence: what was done, or what went wrong."""
    seconds: float
    lost: int = 0
    """Committed, or reported as committed, and not applied by the consumer."""
    duplicated: int = 0
    """Applications beyond the first."""
    reordered: int = 0
    """Applications behind a later event of the same project."""
    parked_unexpected: int = 0
    """Events that wait for an operator, or behind one, without need."""
    skipped: str | None = None
    """Why it could not run on this machine."""
