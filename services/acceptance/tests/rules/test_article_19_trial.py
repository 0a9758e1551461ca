from datetime import date, timedelta
from decimal import Decimal

import pytest

from govproject.regulation.pack import pack
from govproject_acceptance.rules.article_19_trial import (
    end_trial_in_time,
    third_party_test_report,
    trial_period_3_to_6_months,
)

NO_TRIAL = {"trial_started_on": None, "trial_ended_on": None}


@pytest.mark.parametrize(
    ("started", "ended", "found"),
    [
        (date(2026, 1, 15), date(2026, 4, 14), ["block"]),
        (date(2026, 1, 15), date(2026, 4, 15), []),
        (date(2026, 1, 15), date(2026, 4, 16), []),
        (date(2026, 1, 15), date(2026, 7, 14), []),
        (date(2026, 1, 15), date(2026, 7, 15), []),
        (date(2026, 1, 15), date(2026, 7, 16), ["block"]),
        # Where the corresponding day does not exist, the month's last day (民法典第202条).
        (date(2025, 11, 30), date(2026, 2, 27), ["block"]),
        (date(2025, 11, 30), date(2026, 2, 28), []),
        (date(2025, 8, 31), date(2026, 2, 28), []),
        (date(2025, 8, 31), date(2026, 3, 1), ["block"]),
    ],
)
def test_trial_period_3_to_6_months(severities, started, ended, found):
    facts = {"trial_started_on": started, "trial_ended_on": ended}
    assert severities(trial_period_3_to_6_months, **facts) == found


@pytest.mark.parametrize(
    ("started", "last"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2025, 8, 31), date(2026, 2, 28)),
        (date(2026, 4, 1), date(2026, 10, 1)),  # a holiday, on which a trial may still run
        (date(2026, 9, 4), date(2027, 3, 4)),  # whatever 2027's notice says
    ],
)
def test_the_last_day_is_the_one_after_which_it_is_too_long(severities, started, last):
    duty = end_trial_in_time(started, pack("tinghu-2025"))
    assert (duty.rule, duty.due(), duty.runs_until_due) == (
        "trial_period_3_to_6_months",
        (last, False),
        False,
    )
    for ended, found in ((last, []), (last + timedelta(days=1), ["block"])):
        facts = {"trial_started_on": started, "trial_ended_on": ended}
        assert severities(trial_period_3_to_6_months, **facts) == found


def test_an_overrun_with_a_reason_is_pointed_out(findings):
    (finding,) = findings(
        trial_period_3_to_6_months,
        trial_started_on=date(2025, 12, 1),
        trial_ended_on=date(2026, 6, 2),
        trial_overrun_reason="等待省级接口开放",
    )
    assert finding.severity == "warn"
    assert "等待省级接口开放" in finding.message
    assert finding.fact["latest_end"] == "2026-06-01"


@pytest.mark.parametrize(
    ("amount", "kind", "found"),
    [
        ("999999.99", "new", ["warn"]),
        ("1000000.00", "new", ["block"]),
        ("999999.99", "service", ["block"]),
    ],
)
def test_one_that_nobody_asked_for_is_no_worse_than_none(severities, amount, kind, found):
    facts = {"amount_yuan": Decimal(amount), "kind": kind, "trial_ended_on": date(2026, 6, 30)}
    assert severities(trial_period_3_to_6_months, **facts) == found


def test_a_reason_does_not_make_up_for_a_trial_that_is_too_short(severities):
    facts = {"trial_ended_on": date(2026, 6, 30), "trial_overrun_reason": "已足够"}
    assert severities(trial_period_3_to_6_months, **facts) == ["block"]


@pytest.mark.parametrize(
    ("held_on", "found"), [(date(2026, 10, 1), []), (date(2026, 10, 2), ["block"])]
)
def test_a_trial_that_still_runs_counts_until_the_day_asked_about(severities, held_on, found):
    facts = {"trial_ended_on": None, "held_on": held_on}
    assert severities(trial_period_3_to_6_months, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (NO_TRIAL, []),
        ({**NO_TRIAL, "trial_waiver": "仅升级硬件"}, ["warn"]),
        ({**NO_TRIAL, "trial_waiver": "按月考核", "kind": "ops"}, []),
        ({"stage": "trial", "trial_ended_on": date(2026, 4, 2)}, []),
        ({"stage": "preliminary", "trial_ended_on": date(2026, 4, 2)}, []),
    ],
)
def test_without_a_trial_and_at_other_steps(severities, facts, found):
    assert severities(trial_period_3_to_6_months, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"test_report": None}, ["block"]),
        ({"test_report_covers": ("quality",)}, ["block"]),
        ({"test_report": None, "amount_yuan": Decimal("1000000.00")}, ["block"]),
        ({"test_report": None, "amount_yuan": Decimal("999999.99")}, ["warn"]),
        ({"test_report_covers": ("mlps",), "amount_yuan": Decimal(300000)}, ["warn"]),
        ({"test_report": None, "stage": "trial"}, []),
        ({"test_report": None, "stage": "preliminary"}, []),
        ({"test_report": None, "kind": "service"}, ["block"]),
        ({"test_report": None, "kind": "service", "trial_waiver": "按月考核"}, ["warn"]),
        ({"test_report": None, "kind": "new", "trial_waiver": "仅升级硬件"}, ["block"]),
    ],
)
def test_third_party_test_report(severities, facts, found):
    assert severities(third_party_test_report, **facts) == found


def test_what_is_not_tested_is_named(findings):
    (finding,) = findings(third_party_test_report, test_report_covers=("mlps",))
    assert finding.fact["missing"] == ["quality"]
    assert "项目质量" in finding.message


def test_a_report_of_before_the_project_is_named_where_one_is_missing(findings):
    early = {"early_reports": ("CP-1",), "earliest_on": date(2026, 2, 10)}
    (finding,) = findings(third_party_test_report, test_report_covers=(), **early)
    assert finding.severity == "block"
    assert "CP-1早于2026-02-10" in finding.message
    assert findings(third_party_test_report, **early) == ()


def test_a_report_without_its_file_is_named_where_one_is_missing(findings):
    (finding,) = findings(
        third_party_test_report, test_report=None, reports_without_file=("CP-1", "DB-2")
    )
    assert finding.severity == "block"
    assert "CP-1、DB-2未附测评报告文件" in finding.message
    assert "再次登记" in finding.remedy
    assert findings(third_party_test_report, reports_without_file=("CP-1",)) == ()


def test_a_report_of_who_is_no_third_party_is_named_where_one_is_missing(findings):
    (finding,) = findings(third_party_test_report, test_report_covers=(), own_reports=("CP-2",))
    assert finding.severity == "block"
    assert "CP-2由项目单位、承建或监理单位出具" in finding.message
    assert findings(third_party_test_report, own_reports=("CP-2",)) == ()
