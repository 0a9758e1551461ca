from datetime import date

import pytest

from govproject_acceptance.rules.article_15_schedule import (
    complete_within_term,
    completed_within_contract_term,
)

LAST = "2026-03-31"


def term(completed_on=None, ends_on=LAST):
    return {"contractor": "盐城软件公司", "ends_on": ends_on, "completed_on": completed_on}


@pytest.mark.parametrize(
    ("terms", "found"),
    [
        ([], []),
        ([term(LAST)], []),
        ([term("2026-04-01")], ["warn"]),
        ([term("2026-04-01"), term("2026-03-01")], ["warn"]),
        ([term("2026-04-01"), term("2026-04-01", "2026-04-01")], ["warn"]),
        ([term("2026-04-02"), term("2026-04-02", "2026-04-01")], ["warn", "warn"]),
    ],
)
@pytest.mark.parametrize("stage", ["completion", "preliminary", "final"])
def test_completed_within_contract_term(severities, stage, terms, found):
    assert severities(completed_within_contract_term, stage=stage, contract_terms=terms) == found


@pytest.mark.parametrize(
    ("held_on", "today", "found"),
    [
        (date(2026, 3, 31), date(2026, 8, 3), []),
        (date(2026, 4, 1), date(2026, 8, 3), ["截至2026-04-01已逾期1天"]),
        (None, date(2026, 3, 31), []),
        (None, date(2026, 4, 2), ["截至2026-04-02已逾期2天"]),
    ],
)
def test_what_is_not_completed_is_asked_of_the_day(findings, held_on, today, found):
    facts = {"stage": "preliminary", "held_on": held_on, "today": today}
    said = findings(completed_within_contract_term, contract_terms=[term()], **facts)
    assert [finding.message.split("，")[1] for finding in said] == found


@pytest.mark.parametrize("stage", ["kick_off", "trial", "lot"])
def test_it_is_not_asked_at_other_steps(severities, stage):
    terms = [term("2026-04-01")]
    assert severities(completed_within_contract_term, stage=stage, contract_terms=terms) == []


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 1), date(2029, 10, 1)])
def test_a_contracts_last_day_is_certain_and_moves_off_no_day_off(day):
    duty = complete_within_term("盐城软件公司", day)
    assert (duty.rule, duty.citation.article) == ("schedule_management", "15")
    assert duty.due() == (day, False)
