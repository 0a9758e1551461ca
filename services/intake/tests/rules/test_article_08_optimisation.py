import pytest

from govproject import DeclarationFacts
from govproject.regulation.pack import pack
from govproject.terms import LongLivedSystem
from govproject_intake.rules.article_08_optimisation import small_optimisation_in_ops

PACK = pack("tinghu-2025")


def operation(kind: str = "ops", **changes: object) -> DeclarationFacts:
    optimisation = {
        "system_type": "command_platform",
        "amount_yuan": "300000",
        "funding_source": "年度运维经费",
    }
    return DeclarationFacts.example(
        kind=kind, budget_yuan="1000000", optimisation_in_ops=optimisation | changes
    )


@pytest.mark.parametrize("system", list(LongLivedSystem))
@pytest.mark.parametrize("amount", ["0.01", "300000"])
def test_small_optimisation_of_the_three_kinds(system, amount):
    facts = operation(system_type=system, amount_yuan=amount)
    assert small_optimisation_in_ops(facts, PACK) == ()


def test_operation_without_optimisation():
    assert small_optimisation_in_ops(DeclarationFacts.example(kind="ops"), PACK) == ()


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        (
            operation(amount_yuan="300000.01"),
            {"amount_yuan": "300000.01", "limit_yuan": "300000.00"},
        ),
        (operation(funding_source=None), {"funding_source": None}),
        (operation("service"), {"kind": "service"}),
        (operation("upgrade"), {"kind": "upgrade"}),
    ],
)
def test_what_is_not_small_or_not_paid_for_is_pointed_out(facts, fact):
    (finding,) = small_optimisation_in_ops(facts, PACK)
    assert (finding.rule, finding.article, finding.clause, finding.severity) == (
        "small_optimisation_in_ops",
        "8",
        "12",
        "warn",
    )
    assert finding.fact == fact


def test_the_share_is_the_packs():
    none = PACK.model_copy(update={"optimisation_max_percent": 0})
    (finding,) = small_optimisation_in_ops(operation(amount_yuan="0.01"), none)
    assert finding.fact["limit_yuan"] == "0.00"
