from datetime import date

import pytest

from govproject_acceptance.rules.article_23_evaluation import (
    evaluation_group_apart,
    evaluation_two_parts,
    finance_evaluation_group,
)


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"self_evaluated_on": None}, ["block"]),
        ({"self_evaluated_on": date(2026, 8, 3)}, []),
        ({"self_evaluated_on": date(2026, 8, 4)}, ["block"]),
        # The evaluation's own day counts, not the day of its recording.
        ({"evaluated_on": date(2026, 8, 2), "self_evaluated_on": date(2026, 8, 3)}, ["block"]),
        ({"evaluated_on": None, "self_evaluated_on": None}, ["block"]),
        ({"part": "self", "self_evaluated_on": None}, []),
    ],
)
def test_evaluation_two_parts(severities, facts, found):
    assert severities(evaluation_two_parts, **facts) == found


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"experts": 1, "agencies": 1}, []),
        ({"experts": 0}, ["block"]),
        ({"agencies": 0}, ["block"]),
        ({"experts": 0, "agencies": 0}, ["block"]),
        ({"rectified_on": None}, ["block"]),
        ({"rectified_on": date(2026, 8, 3)}, []),
        ({"rectified_on": date(2026, 8, 4)}, ["block"]),
        ({"evaluated_on": date(2026, 8, 2), "rectified_on": date(2026, 8, 3)}, ["block"]),
        ({"rectified_on": None, "agencies": 0}, ["block", "block"]),
        # Without a self-evaluation there is nothing to mend; its own rule refuses.
        ({"self_evaluated_on": None, "rectified_on": None}, []),
        # Before there is a group, nobody asks who is in it.
        ({"evaluated_on": None, "experts": 0, "agencies": 0}, []),
        ({"part": "self", "experts": 0, "agencies": 0, "rectified_on": None}, []),
    ],
)
def test_finance_evaluation_group(severities, facts, found):
    assert severities(finance_evaluation_group, **facts) == found


def test_the_group_is_counted(findings):
    (finding,) = findings(finance_evaluation_group, experts=0, agencies=2)
    assert "专家0人、第三方机构2家" in finding.message
    assert finding.fact == {"experts": 0, "agencies": 2}


def test_who_does_not_count_is_named_where_somebody_is_missing(findings):
    (finding,) = findings(
        finance_evaluation_group, agencies=0, members_not_counted=("甲公司（承建单位）",)
    )
    assert finding.message.endswith("第三方机构0家。甲公司（承建单位）不计入。")


@pytest.mark.parametrize(
    ("facts", "found"),
    [
        ({}, []),
        ({"repeated_members": ("张三",)}, ["warn"]),
        ({"members_not_counted": ("张三（项目单位人员）",)}, ["warn"]),
        ({"members_involved": ("张三（终验专家）",)}, ["warn"]),
        ({"repeated_members": ("张三",), "members_involved": ("张三（终验专家）",)}, ["warn"] * 2),
        ({"part": "self", "repeated_members": ("张三",)}, []),
    ],
)
def test_evaluation_group_apart(severities, facts, found):
    assert severities(evaluation_group_apart, **facts) == found


def test_each_is_named(findings):
    (finding,) = findings(
        evaluation_group_apart, members_involved=("张三（终验专家）", "李四（测评机构）")
    )
    assert "张三（终验专家）、李四（测评机构）" in finding.message
    assert finding.fact == {"members_involved": ["张三（终验专家）", "李四（测评机构）"]}
