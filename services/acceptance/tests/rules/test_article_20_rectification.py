from datetime import date

import pytest

from govproject_acceptance.rules.article_20_rectification import (
    failed_final_rectify,
    rectify_and_apply_again,
)

HELD = {"held_on": date(2026, 8, 3)}
FAILED = {**HELD, "vetoes": {"xinchuang": "found"}}


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        (HELD, []),
        (FAILED, ["block"]),
        ({**FAILED, "rectify_by": date(2026, 8, 2)}, ["block"]),
        ({**FAILED, "rectify_by": date(2026, 8, 3)}, ["block"]),
        ({**FAILED, "rectify_by": date(2026, 8, 4)}, []),
        ({**HELD, "archive_check_passed": False}, ["block"]),
        ({**HELD, "votes_in_favour": 1}, ["block"]),
        ({**FAILED, "held_on": None}, []),
        ({**FAILED, "stage": "preliminary"}, []),
        ({**HELD, "previous_rectify_by": date(2026, 8, 2)}, ["warn"]),
        ({**HELD, "previous_rectify_by": date(2026, 8, 3)}, []),
        ({"previous_rectify_by": date(2026, 8, 2)}, []),
        ({**FAILED, "previous_rectify_by": date(2026, 8, 2)}, ["block", "warn"]),
    ],
)
def test_failed_final_rectify(severities, facts, found):
    assert severities(failed_final_rectify, **facts) == found


@pytest.mark.parametrize(
    ("failed_on", "held_on", "left", "found"),
    [
        (None, date(2026, 8, 3), (), []),
        (date(2026, 8, 2), date(2026, 8, 3), (), []),
        (date(2026, 8, 3), date(2026, 8, 3), (), ["block"]),
        (date(2026, 8, 4), date(2026, 8, 3), (), ["block"]),
        (date(2026, 8, 2), date(2026, 8, 3), ("xinchuang",), ["block"]),
        (date(2026, 8, 3), date(2026, 8, 3), ("xinchuang", "indicators"), ["block", "block"]),
        (date(2026, 8, 2), None, ("indicators",), ["block"]),
    ],
)
def test_a_new_application_comes_after_rectification(severities, failed_on, held_on, left, found):
    facts = {"previous_failed_on": failed_on, "held_on": held_on, "not_rectified": left}
    assert severities(failed_final_rectify, **facts) == found


@pytest.mark.parametrize("stage", ["preliminary", "trial", "lot", "kick_off"])
def test_only_a_final_is_asked(severities, stage):
    assert severities(failed_final_rectify, stage=stage, not_rectified=("xinchuang",)) == []


def test_the_limit_is_the_day_that_the_opinion_names():
    duty = rectify_and_apply_again(date(2026, 8, 3), date(2026, 10, 4))
    assert (duty.rule, duty.due(), duty.runs_until_due) == (
        "failed_final_rectify",
        (date(2026, 10, 4), False),
        False,
    )
