"""What a run comes to: its numbers as JSON, and whether it held."""

import os
import platform
import subprocess
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from govproject_local.chaos.killer import Toll
from govproject_local.chaos.scenarios.result import Result
from govproject_local.chaos.verdict import Findings
from govproject_local.paths import ROOT

JSON = dict[str, Any]

_MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What a run was asked for."""

    seed: int
    kills: int
    transactions: int
    database: str
    """"sqlite" or "postgresql"."""
    mutant: str | None = None
    scenarios: bool = False
    """Whether to play the named failures as well."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found."""

    asked: Asked
    toll: Toll
    transactions: int
    repeated: int
    events: int
    effects: int
    findings: Findings
    failures: list[str]
    """Commands that had to succeed and did not, and what kept the run from its end."""
    seconds: float
    scenarios: tuple[Result, ...] = ()

    @property
    def held(self) -> bool:
        """Whether all was reached and nothing was found."""
        return (
            self.toll.total >= self.asked.kills
            and self.transactions >= self.asked.transactions
            and not self.failures
            and not any(self.findings.all())
            and all(each.passed or each.skipped for each in self.scenarios)
        )

    def as_json(self) -> JSON:
        """The run as it is printed and kept."""
        found = self.findings
        return {
            "seed": self.asked.seed,
            "kills": self.toll.total,
            "transactions": self.transactions,
            "lost": len(found.lost),
            "duplicated": len(found.duplicated),
            "reordered": len(found.reordered),
            "parked_unexpected": len(found.parked),
            "inconsistent": len(found.inconsistent),
            "failed_commands": len(self.failures),
            "scenarios": [_scenario(each) for each in self.scenarios],
            "held": self.held,
            "mutant": self.asked.mutant,
            "database": self.asked.database,
            "events": self.events,
            "effects": self.effects,
            "requests_repeated": self.repeated,
            "kills_by_target": dict(sorted(self.toll.by_target.items())),
            "kills_by_manner": dict(sorted(self.toll.by_manner.items())),
            "seconds": round(self.seconds, 1),
            "version": version("govproject"),
            "commit": _commit(),
            "date": datetime.now(UTC).date().isoformat(),
            "machine": {
                "system": f"{platform.system()} {platform.machine()}",
                "cores": os.cpu_count(),
                "python": platform.python_version(),
            },
            "findings": [*self.failures, *found.all()][:_MOST_FINDINGS],
        }


def _scenario(result: Result) -> JSON:
    verdict = "skipped" if result.skipped else "passed" if result.passed else "failed"
    return {"name": result.name, "result": verdict, **asdict(result)}


def _commit() -> str | None:
    """The commit that runs, with a plus sign if files differ from it; None outside of a clone."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty=+", "--abbrev=12", "--exclude=*"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()
