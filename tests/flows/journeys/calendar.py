"""The clock of a journey's services: it runs like the machine's, and a journey turns it on.

A journey lasts for years and a service takes the moment from the machine. So its processes start
with a `sitecustomize` that adds what a file says: no service knows of it, nor does the suite.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from govproject.clock import SHANGHAI, system_clock

FILE = "JOURNEY_CLOCK"
"""The variable that tells a service's process where the file is."""

_MORNING = time(9, 30)
_SITECUSTOMIZE = f"""
import os
from datetime import timedelta
from pathlib import Path

from govproject import clock

machine, ahead = clock.system_clock, Path(os.environ["{FILE}"])
clock.system_clock = lambda: machine() + timedelta(seconds=float(ahead.read_text()))
"""


@dataclass
class Calendar:
    """What day it is for the services; it is always later than the machine's."""

    folder: Path
    ahead: timedelta = timedelta()

    def open(self) -> Path:
        """Write what a service's process needs; returns the file that it reads."""
        (self.folder / "sitecustomize.py").write_text(_SITECUSTOMIZE)
        self.go_to(date(system_clock().year + 1, 8, 3))
        return self.folder / "ahead"

    @property
    def today(self) -> date:
        """The day in Asia/Shanghai."""
        return (system_clock() + self.ahead).date()

    def go_to(self, day: date) -> None:
        """Turn the clock on to the morning of a day; it never goes back."""
        morning = datetime.combine(day, _MORNING, SHANGHAI)
        self.ahead = max(self.ahead, morning - system_clock())
        draft = self.folder / "ahead.new"
        draft.write_text(str(self.ahead.total_seconds()))
        draft.replace(self.folder / "ahead")  # a service reads either the old or the new
