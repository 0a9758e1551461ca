"""Rule packs: the regulation's thresholds and periods as data with a validity period."""

import tomllib
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from pydantic import BaseModel, ConfigDict

from govproject.terms import Track


class Chapter(BaseModel):
    """A chapter that a document is expected to have."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    title: str
    headings: tuple[str, ...]
    """Wordings of its heading; the words of one wording may stand apart."""


class RulePack(BaseModel):
    """One set of values. Money in yuan; periods in calendar months or working days, as named."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str
    title: str
    legal_basis: tuple[str, ...]
    valid_from: date
    valid_to: date | None = None
    in_service_from: date
    """What was approved before this day was approved without this system (Art 6)."""

    full_process_from_yuan: Decimal
    fiscal_evaluation_from_yuan: Decimal
    preliminary_design_from_yuan: Decimal
    optimisation_max_percent: int
    panel_min: int
    panel_min_full_process: int
    final_panel_min: int
    filing_form_working_days: int
    trial_min_months: int
    trial_max_months: int
    free_ops_min_months: int
    acceptance_report_months: int
    self_evaluation_months: int
    process_file_reminder_days: int
    annual_report_due_month: int
    annual_report_due_day: int
    evaluation_service_months: int
    archiving_working_days: int = 20
    long_project_months: int = 12
    reminder_days: int = 7
    preparing_max_percent: int = 20
    open_tender_from_yuan: Decimal = Decimal(4_000_000)
    fiscal_evaluation_on_filing_track: bool = True
    feasibility_chapters: tuple[Chapter, ...] = ()

    def track(self, amount_yuan: Decimal) -> Track:
        """How a project of this amount is managed (Art 4); the boundary itself is full process.

        >>> pack("tinghu-2025").track(Decimal("999999.99")).zh
        '报备制管理'
        >>> pack("tinghu-2025").track(Decimal("1000000.00")).zh
        '全过程管理'
        """
        return Track.FULL_PROCESS if amount_yuan >= self.full_process_from_yuan else Track.FILING

    def needs_fiscal_evaluation(
        self, amount_yuan: Decimal, track: Track = Track.FULL_PROCESS
    ) -> bool:
        """Whether the finance bureau evaluates a project of this amount (Art 10).

        Whether on the filing track, too, is for the district to say.

        >>> pack("tinghu-2025").needs_fiscal_evaluation(Decimal("500000"))
        True
        """
        if track is Track.FILING and not self.fiscal_evaluation_on_filing_track:
            return False
        return amount_yuan >= self.fiscal_evaluation_from_yuan

    def needs_preliminary_design(self, amount_yuan: Decimal) -> bool:
        """Whether a project of this amount has a preliminary design (Art 8).

        >>> pack("tinghu-2025").needs_preliminary_design(Decimal("10000000.00"))
        True
        """
        return amount_yuan >= self.preliminary_design_from_yuan

    def annual_report_due(self, year: int) -> date:
        """By when a unit reports on a year (Art 22): a day of the next one.

        >>> pack("tinghu-2025").annual_report_due(2026)
        datetime.date(2027, 1, 31)
        """
        return date(year + 1, self.annual_report_due_month, self.annual_report_due_day)


@cache
def packs() -> tuple[RulePack, ...]:
    """All packs shipped, oldest first."""
    folder = files("govproject.regulation").joinpath("packs")
    found = (
        RulePack.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    )
    return tuple(sorted(found, key=lambda p: p.valid_from))


def pack(version: str) -> RulePack:
    """The pack under which a project started.

    Raises:
        LookupError: this build does not ship that pack.
    """
    for candidate in packs():
        if candidate.version == version:
            return candidate
    raise LookupError(f"no rule pack {version!r} in this build")


def pack_on(day: date) -> RulePack:
    """The pack in force on a day.

    Raises:
        LookupError: no pack covers the day.
    """
    for candidate in reversed(packs()):
        if candidate.valid_from <= day and (
            candidate.valid_to is None or day <= candidate.valid_to
        ):
            return candidate
    raise LookupError(f"no rule pack is in force on {day}")
