from datetime import date

import pytest

from govproject.regulation.periods import DueOn
from govproject.regulation.text import quotes
from govproject_intake.rules.article_29_supervision import CITATION, false_filing_rectify


@pytest.mark.parametrize(
    "due_on",
    [
        date(2026, 8, 31),
        # A day off stays: the order names the day.
        date(2026, 10, 1),
        # No published calendar is asked for.
        date(2028, 2, 29),
    ],
)
def test_the_limit_is_the_day_that_the_order_names(due_on):
    duty = false_filing_rectify("超范围建设。", due_on)
    assert duty.due() == DueOn(due_on, provisional=False)
    assert duty.task == "整改并报告整改情况：超范围建设。"
    assert not duty.runs_until_due


def test_after_the_limit_there_is_no_day():
    assert false_filing_rectify("超范围建设。", None).due() is None


def test_it_quotes_the_article():
    assert quotes(CITATION.article, CITATION.quote)
