"""The legal day of a moment."""

from datetime import date, datetime

from govproject.clock import SHANGHAI


def legal_day(moment: datetime) -> date:
    """The day in Asia/Shanghai, whatever zone the moment came with."""
    return moment.astimezone(SHANGHAI).date()
