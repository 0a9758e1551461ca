from datetime import date

import pytest

from govproject_acceptance.rules.article_20_rectification import failed_final_rectify

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
