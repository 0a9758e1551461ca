from datetime import date

import pytest

from govproject.facts import FreeOperations
from govproject.regulation.pack import pack
from govproject.regulation.text import quotes
from govproject.terms import ProjectKind
from govproject_acceptance.rules.accepted import Accepted
from govproject_acceptance.rules.article_31_free_operations import (
    free_ops_of_goods,
    free_ops_start,
)

PACK = pack("tinghu-2025")


@pytest.mark.parametrize(
    ("kind", "contract_months", "ends_on"),
    [
        (ProjectKind.NEW, 0, date(2028, 3, 15)),
        (ProjectKind.NEW, 23, date(2028, 3, 15)),
        (ProjectKind.NEW, 24, date(2028, 3, 15)),
        (ProjectKind.UPGRADE, 25, date(2028, 4, 15)),
        (ProjectKind.RENEWAL, 36, date(2029, 3, 15)),
        (ProjectKind.OPS, 0, None),
        (ProjectKind.SERVICE, 12, date(2027, 3, 15)),
    ],
)
def test_free_ops_start(kind, contract_months, ends_on):
    free_ops = [FreeOperations(contractor="甲公司", months=contract_months)]
    accepted = Accepted.example(date(2026, 3, 15), kind=kind, free_ops=free_ops)
    duty = free_ops_start(accepted, PACK)
    assert (duty and duty.due().day) == ends_on


@pytest.mark.parametrize(
    ("months", "task"),
    [
        ((24, 24), "免费运维期24个月，期满前由承建单位免费运维"),
        ((12, 24), "免费运维期24个月，期满前由承建单位免费运维"),
        ((24, 36), "免费运维期内由承建单位免费运维：单位0共24个月，单位1共36个月"),
    ],
)
def test_nobody_is_bound_to_what_another_agreed_on(months, task):
    lots = [FreeOperations(contractor=f"单位{n}", months=each) for n, each in enumerate(months)]
    duty = free_ops_start(Accepted.example(date(2026, 3, 15), free_ops=lots), PACK)
    assert duty is not None
    assert duty.task == task


def test_a_service_without_free_maintenance_is_not_named():
    lots = [FreeOperations(contractor=f"单位{n}", months=12 * n) for n in range(2)]
    duty = free_ops_start(
        Accepted.example(date(2026, 3, 15), kind=ProjectKind.SERVICE, free_ops=lots), PACK
    )
    assert duty is not None
    assert "单位0" not in duty.task


def test_the_end_of_a_period_is_certain_and_not_rolled():
    # 15 March 2026 plus 24 months is in a year without a calendar; 4 October 2025 a Saturday.
    duty = free_ops_start(Accepted.example(date(2023, 10, 4)), PACK)
    assert duty is not None
    assert duty.due() == (date(2025, 10, 4), False)
    assert duty.runs_until_due
    assert duty.rule == free_ops_start.__name__
    assert quotes(duty.citation.article, duty.citation.quote)


@pytest.mark.parametrize(
    ("months", "facts", "found"),
    [
        (24, {}, []),
        (23, {}, ["warn"]),
        (0, {}, ["warn"]),
        (0, {"kind": "service"}, []),
        (0, {"stage": "preliminary"}, []),
    ],
)
def test_free_ops_of_goods(severities, months, facts, found):
    goods = [{"contractor": "盐城设备公司", "months": months}]
    assert severities(free_ops_of_goods, goods_free_ops=goods, **facts) == found
