from datetime import date

from govproject.regulation.pack import pack
from govproject_acceptance.rules.article_22_annual_report import report_on_year


def test_it_is_due_on_the_day_that_the_pack_names():
    duty = report_on_year(2026, pack("tinghu-2025"))
    # A Sunday: a day that is set moves as little as the day of a rectification.
    assert (duty.rule, duty.due()) == ("annual_department_report", (date(2027, 1, 31), False))
    assert "2026年度" in duty.task
