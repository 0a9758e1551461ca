from datetime import date, timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from govproject.regulation import pack as packing
from govproject.regulation.pack import RulePack, pack, pack_on, packs
from govproject.regulation.text import articles
from govproject.terms import Track

TINGHU = pack("tinghu-2025")
THRESHOLDS = set(RulePack.model_fields) - {"title", "legal_basis", "feasibility_chapters"}


def test_the_thresholds_are_those_of_the_text():
    assert TINGHU.model_dump(include=THRESHOLDS) == {
        "version": "tinghu-2025",
        "valid_from": date(2025, 1, 1),
        "valid_to": None,
        "in_service_from": date(2025, 1, 1),
        "full_process_from_yuan": Decimal(1000000),
        "fiscal_evaluation_from_yuan": Decimal(500000),
        "preliminary_design_from_yuan": Decimal(10000000),
        "panel_min": 3,
        "panel_min_full_process": 5,
        "final_panel_min": 3,
        "filing_form_working_days": 10,
        "trial_min_months": 3,
        "trial_max_months": 6,
        "free_ops_min_months": 24,
        "optimisation_max_percent": 30,
        "acceptance_report_months": 1,
        "self_evaluation_months": 12,
        "process_file_reminder_days": 30,
        "archiving_working_days": 20,
        "long_project_months": 12,
        "preparing_max_percent": 20,
        "open_tender_from_yuan": Decimal(4_000_000),
        "fiscal_evaluation_on_filing_track": True,
        "reminder_days": 7,
        "annual_report_due_month": 1,
        "annual_report_due_day": 31,
        "evaluation_service_months": 12,
    }


def test_the_higher_instruments_are_data_of_the_pack():
    preamble = articles()["1"]
    assert len(TINGHU.legal_basis) == 4
    for instrument in TINGHU.legal_basis:
        assert instrument in preamble.replace(" ", "")


@pytest.mark.parametrize(
    ("amount", "track"),
    [
        ("0", Track.FILING),
        ("999999.99", Track.FILING),
        ("1000000", Track.FULL_PROCESS),
        ("1000000.00", Track.FULL_PROCESS),
        ("1000000.01", Track.FULL_PROCESS),
    ],
)
def test_the_track_follows_from_the_amount(amount, track):
    assert TINGHU.track(Decimal(amount)) is track


@pytest.mark.parametrize(
    ("amount", "needed"),
    [("499999.99", False), ("500000", True), ("500000.00", True), ("500000.01", True)],
)
def test_fiscal_evaluation_follows_from_the_amount(amount, needed):
    assert TINGHU.needs_fiscal_evaluation(Decimal(amount)) is needed


def test_a_district_may_leave_fiscal_evaluation_to_the_full_process():
    without = TINGHU.model_copy(update={"fiscal_evaluation_on_filing_track": False})
    amount = Decimal(600000)
    assert TINGHU.needs_fiscal_evaluation(amount, Track.FILING)
    assert not without.needs_fiscal_evaluation(amount, Track.FILING)
    assert without.needs_fiscal_evaluation(amount, Track.FULL_PROCESS)


@pytest.mark.parametrize(
    ("amount", "needed"), [("9999999.99", False), ("10000000.00", True), ("10000000.01", True)]
)
def test_a_preliminary_design_follows_from_the_amount(amount, needed):
    assert TINGHU.needs_preliminary_design(Decimal(amount)) is needed


def test_the_chapters_of_a_feasibility_report_are_data_of_the_pack():
    chapters = TINGHU.feasibility_chapters
    assert len({chapter.id for chapter in chapters}) == len(chapters) == 10
    assert all(chapter.title and chapter.headings for chapter in chapters)


def test_every_day_since_the_first_pack_has_exactly_one_pack_in_force():
    for earlier, later in zip(packs(), packs()[1:], strict=False):
        assert earlier.valid_to is not None
        assert later.valid_from == earlier.valid_to + timedelta(days=1)
    assert packs()[-1].valid_to is None


def test_a_day_before_the_first_pack_has_none():
    assert pack_on(date(2025, 1, 1)) is TINGHU
    with pytest.raises(LookupError, match="2024-12-31"):
        pack_on(date(2024, 12, 31))


def test_the_pack_in_force_changes_with_the_day_and_a_project_finds_its_own(monkeypatch):
    old = TINGHU.model_copy(update={"version": "old", "valid_to": date(2026, 6, 30)})
    new = TINGHU.model_copy(update={"version": "new", "valid_from": date(2026, 7, 1)})
    monkeypatch.setattr(packing, "packs", lambda: (old, new))
    assert pack_on(date(2026, 6, 30)) is old
    assert pack_on(date(2026, 7, 1)) is new
    assert pack("old") is old
    ended = new.model_copy(update={"valid_to": date(2026, 12, 31)})
    monkeypatch.setattr(packing, "packs", lambda: (old, ended))
    with pytest.raises(LookupError, match="2027-01-01"):
        pack_on(date(2027, 1, 1))


def test_a_pack_this_build_does_not_ship():
    with pytest.raises(LookupError, match="tinghu-2019"):
        pack("tinghu-2019")


def test_a_misspelt_value_in_a_pack_is_refused():
    values = TINGHU.model_dump() | {"panel_minimum": 3}
    with pytest.raises(ValidationError, match="panel_minimum"):
        RulePack.model_validate(values)
