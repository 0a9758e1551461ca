"""What is said of a poor result on a related project."""

import pytest

from govproject.facts import RelatedProject
from govproject.regulation.related import poor_before


@pytest.mark.parametrize(
    ("confirmed", "name", "said"),
    [
        (True, "", "关联项目“一期”2026年度评估结果为差，2027年度不予立项。"),
        (True, "二期", "“二期”的关联项目“一期”2026年度评估结果为差，2027年度不予立项。"),
        (False, "", "系统名称相同的项目“一期”2026年度评估结果为差，是否关联待区数据局确认。"),
        (
            False,
            "二期",
            "与“二期”系统名称相同的项目“一期”2026年度评估结果为差，是否关联待区数据局确认。",
        ),
    ],
)
def test_poor_before(confirmed, name, said):
    poor = {"grade": "poor", "evaluated_on": "2026-06-30"}
    related = RelatedProject.model_validate(
        {"project_name": "一期", "results": [poor], "confirmed": confirmed}
    )
    assert [finding.message for finding in poor_before(2027, [related], name)] == [said]
    assert list(poor_before(2028, [related], name)) == []
