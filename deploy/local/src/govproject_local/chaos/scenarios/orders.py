"""What a worker is told, as one JSON argument."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

PRODUCER, CONSUMER = "intake", "review"
"""The services whose parts the workers play."""

DIED = 9
"""The exit code of a consumer that an event killed."""

Role = Literal["producer", "consumer"]


@dataclass(frozen=True)
class Orders:
    """What one worker shall do."""

    role: Role
    name: str
    place: str
    """Where the flags `enough` and `repaired` appear, and files of the worker's name."""
    database: str
    amqp_url: str
    seed: int
    projects: int = 12
    pause_seconds: float = 0.04
    """Producer: between two transactions."""
    raises: tuple[str, ...] = ()
    """Consumer: events, as `PROJECT NUMBER`, that its handler cannot apply until `repaired`."""
    kills: tuple[str, ...] = ()
    """Consumer: events that end its process until `repaired`."""
    patience: int | None = None
    """Consumer: how many attempts may end the process; None: as many as the product says."""

    @property
    def clock_file(self) -> Path:
        """Says, if it exists, how many seconds the worker's clock is ahead."""
        return Path(self.place) / f"{self.name}.ahead"

    @property
    def told_file(self) -> Path:
        """Where a producer writes down what it was told is committed."""
        return Path(self.place) / f"{self.name}.told"

    def argument(self) -> str:
        """The orders as JSON."""
        return json.dumps(asdict(self))
