from datetime import date

import pytest

from govproject import ConstructionFacts, ContractFacts
from govproject.terms import ConstructionStep, Party
from govproject_intake.rules.article_15_schedule import (
    contract_term_known,
    extension_application,
    extension_signers_differ,
    extension_three_party_sign,
    schedule_management,
)

END = date(2026, 12, 31)
SCHEDULE, EXTENSION = ConstructionStep.SCHEDULE, ConstructionStep.EXTENSION
EFFECT = ConstructionStep.EXTENSION_EFFECT


def planned(*milestones: date, **changes: object) -> ConstructionFacts:
    plan = {"step": SCHEDULE, "new_ends_on": None, "milestones": milestones}
    return ConstructionFacts.example(**plan | changes)


@pytest.mark.parametrize(
    "facts",
    [
        planned(END),
        planned(date(2026, 8, 1), END),
        planned(date(2027, 3, 31), step=EXTENSION, new_ends_on=date(2027, 3, 31)),
        # At other steps nobody plans.
        planned(step=EFFECT),
        planned(date(2030, 1, 1), step=ConstructionStep.PERSONNEL),
    ],
)
def test_a_schedule_within_the_contract(facts):
    assert schedule_management(facts) == ()


@pytest.mark.parametrize(
    ("facts", "fact"),
    [
        (planned(), {"milestones": 0}),
        (planned(END, contract_ends_on=None), {"contract_ends_on": None}),
        (
            planned(END, date(2027, 1, 1), date(2027, 2, 1)),
            {"late": ["2027-01-01", "2027-02-01"], "ends_on": "2026-12-31"},
        ),
        (
            planned(date(2027, 4, 1), step=EXTENSION, new_ends_on=date(2027, 3, 31)),
            {"late": ["2027-04-01"], "ends_on": "2027-03-31"},
        ),
        (planned(step=EXTENSION, new_ends_on=date(2027, 3, 31)), {"milestones": 0}),
    ],
)
def test_a_schedule_without_order_is_refused(facts, fact):
    (finding,) = schedule_management(facts)
    assert (finding.rule, finding.article, finding.severity) == (
        "schedule_management",
        "15",
        "block",
    )
    assert finding.fact == fact


@pytest.mark.parametrize("today", [date(2026, 8, 3), END])
def test_an_extension_asked_for_in_time(today):
    assert extension_application(ConstructionFacts.example(step=EXTENSION, today=today)) == ()


@pytest.mark.parametrize(("today", "days"), [(date(2027, 1, 1), 1), (date(2027, 3, 1), 60)])
def test_an_extension_asked_for_late_is_marked_and_not_refused(today, days):
    (finding,) = extension_application(ConstructionFacts.example(step=EXTENSION, today=today))
    assert (finding.rule, finding.severity) == ("extension_application", "warn")
    assert finding.fact == {"ends_on": "2026-12-31", "days_late": days}
    assert extension_application(ConstructionFacts.example(step=EFFECT, today=today)) == ()


@pytest.mark.parametrize("step", [EXTENSION, EFFECT])
@pytest.mark.parametrize("new", [None, date(2026, 6, 30), END])
def test_an_extension_that_extends_nothing_is_refused(step, new):
    facts = ConstructionFacts.example(step=step, new_ends_on=new)
    (finding,) = extension_application(facts)
    assert (finding.severity, finding.fact) == ("block", {"ends_on": "2026-12-31"})


def test_another_steps_extension_is_not_asked_about():
    facts = ConstructionFacts.example(step=SCHEDULE, new_ends_on=None)
    assert extension_application(facts) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"expert_reviewed_on": "2026-08-01"},
        {"supervised": False, "signed": ["unit", "contractor"], "expert_reviewed_on": "2026-08-01"},
        {"step": EXTENSION, "signed": []},
        {"step": ConstructionStep.PERSONNEL_EFFECT, "signed": []},
    ],
)
def test_everybody_confirmed_or_nobody_has_to(changes):
    assert extension_three_party_sign(ConstructionFacts.example(**changes)) == ()


@pytest.mark.parametrize("party", list(Party))
def test_each_of_the_three_is_asked_for(party):
    signed = [other for other in Party if other is not party]
    # An expert review takes nobody's place where somebody supervises.
    facts = ConstructionFacts.example(signed=signed, expert_reviewed_on="2026-08-01")
    (finding,) = extension_three_party_sign(facts)
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "extension_three_party_sign",
        "15",
        "block",
        "none",
    )
    assert finding.fact == {"lacking": [f"{party.zh}签字"]}


def test_without_a_supervisor_experts_review():
    facts = ConstructionFacts.example(supervised=False, signed=["unit", "contractor"])
    (finding,) = extension_three_party_sign(facts)
    assert finding.fact == {"lacking": ["专家评审"]}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({}, 0),
        ({"ends_on": None}, 1),
        ({"ends_on": None, "subject": "goods"}, 1),
        ({"ends_on": None, "subject": "supervision"}, 0),
        ({"ends_on": None, "subject": "service"}, 0),
        ({"ends_on": None, "subject": "service", "kind": "service"}, 1),
    ],
)
def test_the_last_day_of_what_carries_the_project_out_is_missed(changes, found):
    findings = contract_term_known(ContractFacts.example(**changes))
    assert [(f.severity, f.article, f.fact) for f in findings] == [
        ("warn", "15", {"ends_on": None})
    ] * found


@pytest.mark.parametrize("step", ConstructionStep)
@pytest.mark.parametrize(
    ("signers", "parties"),
    [({}, []), ({"unit": "钱七"}, []), ({"unit": "钱七", "contractor": " 赵六"}, ["承建单位"])],
)
def test_who_signed_an_extension_for_one_party_signs_for_no_other(step, signers, parties):
    facts = ConstructionFacts.example(step=step, signer="赵六", signers=signers)
    wanted = step is ConstructionStep.EXTENSION_SIGNATURE and bool(parties)
    assert [(f.severity, f.article, f.fact) for f in extension_signers_differ(facts)] == [
        ("block", "15", {"signer": "赵六", "signed_for": parties})
    ] * wanted
