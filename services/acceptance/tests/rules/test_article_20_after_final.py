from datetime import date

import pytest

from govproject.regulation.pack import pack
from govproject.regulation.periods import DueOn
from govproject.regulation.text import quotes
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_20_after_final import (
    asset_registration,
    upload_acceptance_report_1_month,
)

PACK = pack("tinghu-2025")


@pytest.mark.parametrize(
    ("passed_on", "due"),
    [
        # An ordinary month.
        (date(2026, 8, 3), DueOn(date(2026, 9, 3), provisional=False)),
        # No 31 April: the month's last day (民法典第202条).
        (date(2026, 3, 31), DueOn(date(2026, 4, 30), provisional=False)),
        # A Saturday that is worked in exchange for the Spring Festival.
        (date(2026, 1, 31), DueOn(date(2026, 2, 28), provisional=False)),
        # A Saturday: the next working day (民法典第203条).
        (date(2026, 7, 8), DueOn(date(2026, 8, 10), provisional=False)),
        # National Day.
        (date(2026, 9, 1), DueOn(date(2026, 10, 8), provisional=False)),
        # A year whose calendar is not published: an estimate.
        (date(2026, 12, 15), DueOn(date(2027, 1, 15), provisional=True)),
    ],
)
def test_upload_acceptance_report_1_month(passed_on, due):
    assert upload_acceptance_report_1_month(Accepted.example(passed_on), PACK).due() == due


def test_asset_registration_has_no_day():
    assert asset_registration(Accepted.example(date(2026, 8, 3)), PACK).due() is None


@pytest.mark.parametrize("lay_down", [asset_registration, upload_acceptance_report_1_month])
def test_each_cites_its_clause_under_its_own_name(lay_down):
    duty = lay_down(Accepted.example(date(2026, 8, 3)), PACK)
    assert duty.rule == lay_down.__name__
    assert quotes(duty.citation.article, duty.citation.quote)
    assert not duty.runs_until_due
