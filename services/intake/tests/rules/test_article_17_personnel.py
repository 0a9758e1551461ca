import pytest

from govproject import ConstructionFacts, ContractFacts
from govproject.terms import ConstructionStep, Party
from govproject_intake.rules.article_17_personnel import (
    contract_personnel_known,
    personnel_change,
    personnel_change_confirm,
    personnel_signers_differ,
)

REPLACES = [ConstructionStep.PERSONNEL, ConstructionStep.PERSONNEL_EFFECT]
OTHERS = [step for step in ConstructionStep if step not in REPLACES]
EFFECT = ConstructionStep.PERSONNEL_EFFECT


@pytest.mark.parametrize("step", REPLACES)
@pytest.mark.parametrize("name", ["张三", "李四"])
def test_who_is_listed_can_be_replaced(step, name):
    assert personnel_change(ConstructionFacts.example(step=step, replaced=name)) == ()


@pytest.mark.parametrize("step", REPLACES)
@pytest.mark.parametrize(("name", "listed"), [("王五", ["张三", "李四"]), ("张三", [])])
def test_who_is_not_listed_needs_no_replacement(step, name, listed):
    facts = ConstructionFacts.example(step=step, replaced=name, listed=listed)
    (finding,) = personnel_change(facts)
    assert (finding.rule, finding.article, finding.clause, finding.severity) == (
        "personnel_change",
        "17",
        "1",
        "block",
    )
    assert finding.fact == {"replaced": name, "listed": listed}


@pytest.mark.parametrize("step", REPLACES)
@pytest.mark.parametrize(
    ("joining", "found"),
    [(None, 0), ("王五", 0), ("张三", 1), (" 张 三", 1), ("李四", 1), ("李四（2）", 0)],
)
def test_who_is_listed_takes_nobodys_place(step, joining, found):
    facts = ConstructionFacts.example(step=step, joining=joining)
    assert [each.fact["joining"] for each in personnel_change(facts)] == [joining] * found


@pytest.mark.parametrize(("step", "found"), [(ConstructionStep.PERSONNEL, 1), (EFFECT, 0)])
def test_an_office_in_brackets_replaces_nobody_but_undoes_no_application(step, found):
    facts = ConstructionFacts.example(step=step, joining="李四（项目经理）")
    assert len(personnel_change(facts)) == found


@pytest.mark.parametrize("step", OTHERS)
def test_at_other_steps_nobody_is_replaced(step):
    facts = ConstructionFacts.example(step=step, replaced=None, signed=[])
    assert personnel_change(facts) == ()
    assert personnel_change_confirm(facts) == ()


@pytest.mark.parametrize(
    ("supervised", "signed", "reviewed_on", "lacking"),
    [
        (True, list(Party), None, []),
        (False, ["unit", "contractor"], "2026-08-01", []),
        (True, ["unit", "contractor"], "2026-08-01", ["监理单位签字"]),
        (False, ["unit", "contractor"], None, ["专家评审"]),
        (False, [], None, ["项目单位签字", "承建单位签字", "专家评审"]),
        (True, [], None, ["项目单位签字", "监理单位签字", "承建单位签字"]),
    ],
)
def test_a_replacement_is_confirmed_as_an_extension_is(supervised, signed, reviewed_on, lacking):
    facts = ConstructionFacts.example(
        step=EFFECT, supervised=supervised, signed=signed, expert_reviewed_on=reviewed_on
    )
    found = personnel_change_confirm(facts)
    assert [finding.fact["lacking"] for finding in found] == [lacking] * bool(lacking)
    assert all((f.article, f.severity) == ("17", "block") for f in found)


@pytest.mark.parametrize(
    ("changes", "found"),
    [({}, 0), ({"listed": ()}, 1), ({"listed": (), "subject": "test"}, 0)],
)
def test_who_carries_the_project_out_is_missed(changes, found):
    findings = contract_personnel_known(ContractFacts.example(**changes))
    assert [(f.severity, f.article, f.fact) for f in findings] == [
        ("warn", "17", {"listed": []})
    ] * found


@pytest.mark.parametrize("step", ConstructionStep)
@pytest.mark.parametrize(("signer", "parties"), [("钱七", []), ("赵 六", ["监理单位"])])
def test_who_signed_a_replacement_for_one_party_signs_for_no_other(step, signer, parties):
    facts = ConstructionFacts.example(step=step, signer=signer, signers={"supervisor": "赵六"})
    wanted = step is ConstructionStep.PERSONNEL_SIGNATURE and bool(parties)
    assert [(f.severity, f.article, f.fact) for f in personnel_signers_differ(facts)] == [
        ("block", "17", {"signer": signer, "signed_for": parties})
    ] * wanted
