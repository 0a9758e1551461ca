"""Each unit's duty to report on a year: open from its last day on, closed by the report (Art 22).

It is no project's. An event needs a stream, so each unit's year has an id where a project's would
stand, as the calendar has (0015).
"""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from sqlmodel import Session

from govproject.clock import SHANGHAI
from govproject.context import Context
from govproject.obligations.repository import of_rule
from govproject.persistence.tables import Obligation
from govproject.regulation.pack import pack_on
from govproject.service import Surroundings
from govproject_acceptance import repository
from govproject_acceptance.handlers.obligations import KEEPER
from govproject_acceptance.rules import YEARLY

_YEARS = UUID("0b9d6f4e-58a3-5a0d-9c55-3f1f6f0c7a22")
_RULE = "annual_department_report"


def stream(unit: str, year: int) -> UUID:
    """What stands for a unit's year where a project's id would.

    >>> stream("区教育局", 2026) == stream("区教育局", 2026) != stream("区教育局", 2027)
    True
    """
    return uuid5(_YEARS, f"{unit}/{year}")


def open_next(given: Surroundings) -> bool:
    """Open one unit's duty to report on the year that ended last, if any is left to be opened."""
    now = given.clock()
    today = now.astimezone(SHANGHAI).date()
    year = (today + timedelta(days=1)).year - 1
    # Serializable: two replicas that find the same unit do not both open its duty.
    with given.db.write(serializable=True) as session:
        for unit, _ in repository.units_without_report(session, year, *period(year)):
            if of_year(session, unit, year) is None:
                duty = YEARLY(year, pack_on(today))
                KEEPER.open_at(
                    session, given.publish, now, duty, project_id=stream(unit, year), unit=unit
                )
                return True
    return False


def reported(session: Session, context: Context, unit: str, year: int) -> None:
    """The report is what the duty asks for, late as well."""
    duty = of_year(session, unit, year)
    if duty is not None and duty.closed_at is None:
        KEEPER.close(session, context, duty, f"{year}年度报告已报送")


def of_year(session: Session, unit: str, year: int) -> Obligation | None:
    """A unit's duty to report on a year, open or closed."""
    return of_rule(session, stream(unit, year), _RULE)


def period(year: int) -> tuple[datetime, datetime]:
    """From the first moment of a year to that of the next."""
    first, following = date(year, 1, 1), date(year + 1, 1, 1)
    begin, end = (datetime(d.year, d.month, d.day, tzinfo=SHANGHAI) for d in (first, following))
    return begin, end
