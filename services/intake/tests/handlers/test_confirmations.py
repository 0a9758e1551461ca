"""Extensions and replacements, which three parties confirm (Arts 15, 17)."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from govproject.contracts.acceptance import FinalPassed
from govproject_intake.tables import Confirmation

PLAN = [{"title": "上线", "due_on": "2026-09-30"}]
EXTENSION = {
    "reason": "机房迁移。",
    "new_ends_on": "2026-12-31",
    "milestones": [{"title": "上线", "due_on": "2026-12-20"}],
}
REPLACEMENT = {"leaves": "张三", "joins": "王五", "reason": "离职。"}
STAFF = [{"name": "张三", "role": "project_lead"}, {"name": "李四", "role": "bid_staff"}]
REVIEW = {"held_on": "2026-08-03", "experts": ["专家甲", "专家乙"], "conclusion": "理由充分。"}


@pytest.fixture
def contract(intake):
    """A supervised contract with a schedule and its people."""
    return intake.contracted(
        intake.buildable(), supervisor="监理公司", ends_on="2026-09-30", personnel=STAFF
    )


@pytest.fixture
def alone(intake):
    """The same, and nobody supervises."""
    return intake.contracted(intake.buildable(), ends_on="2026-09-30", personnel=STAFF)


def applied(intake, contract, what="extensions", **changes: object):
    body = EXTENSION if what == "extensions" else REPLACEMENT
    return intake.done(f"/contracts/{contract}/{what}", body | changes)


SIGNERS = {"unit": "赵六", "supervisor": "钱七", "contractor": "孙八"}


def sign(intake, confirmation, *parties: str):
    for party in parties:
        body = {"party": party, "signer": SIGNERS[party], "signed_on": "2026-08-03"}
        intake.done(f"/confirmations/{confirmation}/signatures", body)


def test_an_extension_takes_effect_when_all_three_have_signed(intake, problem, contract):
    intake.done(f"/contracts/{contract}/schedules", {"milestones": PLAN})
    view = applied(intake, contract)
    assert (view["state"], view["late"], view["warnings"]) == ("open", False, [])
    path = f"/confirmations/{view['id']}"
    sign(intake, view["id"], "unit", "contractor")
    body = problem(intake.post(f"{path}/completion"), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("extension_three_party_sign", "15")
    ]
    assert "监理单位签字" in body["detail"]
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] == "2026-09-30"

    sign(intake, view["id"], "supervisor")
    view = intake.done(f"{path}/completion")
    assert (view["state"], view["settled_at"]) == ("effective", "2026-08-03T09:30:00+08:00")
    told = [each.ends_on.isoformat() for each in intake.published("contract.scheduled")]
    assert told == ["2026-09-30", "2026-12-31"]
    assert [s["party"] for s in view["signatures"]] == ["unit", "contractor", "supervisor"]
    progress = intake.get(f"/contracts/{contract}/progress", "unit").json()
    assert progress["ends_on"] == "2026-12-31"
    assert [(s["number"], s["ends_on"]) for s in progress["schedules"]] == [
        (1, "2026-09-30"),
        (2, "2026-12-31"),
    ]
    assert [c["id"] for c in progress["confirmations"]] == [view["id"]]
    assert intake.get(path, "unit").json() == view
    problem(intake.post(f"{path}/completion"), 409, "step_not_possible")
    problem(intake.post(f"{path}/withdrawal"), 409, "step_not_possible")


@pytest.mark.parametrize("what", ["extensions", "personnel-changes"])
def test_without_a_supervisor_experts_review(intake, problem, alone, what):
    confirmation = applied(intake, alone, what)["id"]
    path = f"/confirmations/{confirmation}"
    body = {"party": "supervisor", "signer": "赵六", "signed_on": "2026-08-03"}
    problem(intake.post(f"{path}/signatures", body), 409, "no_supervisor")
    sign(intake, confirmation, "unit", "contractor")
    assert "专家评审" in problem(intake.post(f"{path}/completion"), 409, "refused")["detail"]
    intake.done(f"{path}/expert-review", REVIEW)
    assert intake.done(f"{path}/completion")["state"] == "effective"


def test_a_contract_of_supervision_engages_a_supervisor_too(intake, problem):
    project = intake.buildable()
    contract = intake.contracted(
        project, ends_on="2026-09-30", personnel=STAFF, amount_yuan="200000"
    )
    about = {"contractor": "监理公司", "amount_yuan": "20000"}
    supervision = intake.contracted(
        project, subject="supervision", ends_on="2026-09-30", personnel=STAFF, **about
    )
    for what in ("extensions", "personnel-changes"):
        path = f"/confirmations/{applied(intake, contract, what)['id']}"
        sign(intake, path.rpartition("/")[2], "unit", "contractor")
        intake.done(f"{path}/expert-review", REVIEW)
        answer = problem(intake.post(f"{path}/completion"), 409, "refused")
        assert "监理单位签字" in answer["detail"]
        sign(intake, path.rpartition("/")[2], "supervisor")
        assert intake.done(f"{path}/completion")["state"] == "effective"
    own = applied(intake, supervision)["id"]
    body = {"party": "supervisor", "signer": "赵六", "signed_on": "2026-08-03"}
    problem(intake.post(f"/confirmations/{own}/signatures", body), 409, "no_supervisor")


@pytest.mark.parametrize(("days", "late"), [(58, False), (59, True), (90, True)])
def test_an_extension_asked_for_after_the_last_day_is_marked_late(intake, contract, days, late):
    intake.clock.turn(days=days)
    view = applied(intake, contract)
    assert view["late"] is late
    assert [f["rule"] for f in view["warnings"]] == ["extension_application"] * late


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"new_ends_on": "2026-09-30", "milestones": PLAN}, "extension_application"),
        ({"milestones": []}, "schedule_management"),
        ({"milestones": [{"title": "上线", "due_on": "2027-01-01"}]}, "schedule_management"),
    ],
)
def test_an_extension_without_a_plan_is_refused(intake, problem, contract, changes, rule):
    answer = intake.post(f"/contracts/{contract}/extensions", EXTENSION | changes)
    body = problem(answer, 409, "refused")
    assert [finding["rule"] for finding in body["findings"]] == [rule]
    assert intake.count(Confirmation) == 0


def test_of_a_contract_without_a_last_day_nothing_is_extended(intake, problem):
    contract = intake.contracted(intake.buildable(), ends_on=None)
    answer = intake.post(f"/contracts/{contract}/extensions", EXTENSION)
    problem(answer, 409, "contract_end_unknown")


def test_of_two_extensions_the_shorter_one_has_no_effect_after_the_longer(
    intake, problem, contract
):
    longer = applied(intake, contract)["id"]
    shorter = applied(intake, contract, new_ends_on="2026-12-20")["id"]
    for confirmation in (longer, shorter):
        sign(intake, confirmation, "unit", "supervisor", "contractor")
    intake.done(f"/confirmations/{longer}/completion")
    body = problem(intake.post(f"/confirmations/{shorter}/completion"), 409, "refused")
    assert [f["rule"] for f in body["findings"]] == ["extension_application"]


def test_a_replacement_takes_effect_when_all_three_have_signed(intake, problem, contract):
    view = applied(intake, contract, "personnel-changes")
    path = f"/confirmations/{view['id']}"
    body = problem(intake.post(f"{path}/completion"), 409, "refused")
    assert [(f["rule"], f["article"]) for f in body["findings"]] == [
        ("personnel_change_confirm", "17")
    ]
    assert intake.get(f"/contracts/{contract}/progress").json()["personnel"] == STAFF
    sign(intake, view["id"], "contractor", "supervisor", "unit")
    intake.done(f"{path}/completion")
    assert intake.get(f"/contracts/{contract}/progress").json()["personnel"] == [
        {"name": "王五", "role": "project_lead"},
        STAFF[1],
    ]


def test_who_is_not_named_in_bid_or_contract_is_not_replaced(intake, problem, contract):
    answer = intake.post(
        f"/contracts/{contract}/personnel-changes", REPLACEMENT | {"leaves": "钱七"}
    )
    body = problem(answer, 409, "refused")
    assert [f["rule"] for f in body["findings"]] == ["personnel_change"]
    assert intake.count(Confirmation) == 0


@pytest.mark.parametrize("joins", ["张三", "李四"])
def test_who_is_named_already_replaces_nobody(intake, problem, contract, joins):
    path = f"/contracts/{contract}/personnel-changes"
    body = problem(intake.post(path, REPLACEMENT | {"joins": joins}), 409, "refused")
    assert [f["rule"] for f in body["findings"]] == ["personnel_change"]
    assert intake.count(Confirmation) == 0


def test_who_is_named_is_listed_once_and_replaced_afterwards(intake, problem):
    contract = intake.contracted(intake.buildable(), supervisor="监理公司", personnel=[])
    replaced = f"/contracts/{contract}/personnel-changes"
    problem(intake.post(replaced, REPLACEMENT), 409, "refused")
    path = f"/contracts/{contract}/personnel"
    problem(intake.post(path, {"personnel": []}), 422, "invalid_request")
    assert intake.done(path, {"personnel": STAFF})["personnel"] == STAFF
    problem(intake.post(path, {"personnel": STAFF}), 409, "personnel_listed")
    intake.done(replaced, REPLACEMENT)


def test_one_signs_once_and_neither_before_the_application_nor_ahead(intake, problem, contract):
    confirmation = applied(intake, contract)["id"]
    path = f"/confirmations/{confirmation}/signatures"
    for day in ("2026-08-02", "2026-08-04"):
        body = {"party": "unit", "signer": "赵六", "signed_on": day}
        problem(intake.post(path, body), 422, "date_out_of_range")
        review = REVIEW | {"held_on": day}
        answer = intake.post(f"/confirmations/{confirmation}/expert-review", review)
        problem(answer, 422, "date_out_of_range")
    sign(intake, confirmation, "unit")
    body = {"party": "unit", "signer": "钱七", "signed_on": "2026-08-03"}
    problem(intake.post(path, body), 409, "already_signed")
    signatures = intake.get(f"/confirmations/{confirmation}").json()["signatures"]
    assert [s["signer"] for s in signatures] == ["赵六"]


@pytest.mark.parametrize(
    ("what", "rule"),
    [
        ("extensions", "extension_signers_differ"),
        ("personnel-changes", "personnel_signers_differ"),
    ],
)
def test_nobody_signs_for_two_parties(intake, problem, contract, what, rule):
    confirmation = applied(intake, contract, what)["id"]
    path = f"/confirmations/{confirmation}/signatures"
    sign(intake, confirmation, "unit")
    body = {"party": "contractor", "signer": "赵 六", "signed_on": "2026-08-03"}
    refused = problem(intake.post(path, body), 409, "refused")
    assert [f["rule"] for f in refused["findings"]] == [rule]
    signatures = intake.get(f"/confirmations/{confirmation}").json()["signatures"]
    assert [s["party"] for s in signatures] == ["unit"]
    sign(intake, confirmation, "contractor", "supervisor")
    assert intake.done(f"/confirmations/{confirmation}/completion")["state"] == "effective"


def test_what_is_withdrawn_has_no_effect(intake, problem, contract):
    confirmation = applied(intake, contract)["id"]
    sign(intake, confirmation, "unit", "supervisor", "contractor")
    path = f"/confirmations/{confirmation}"
    assert intake.done(f"{path}/withdrawal")["state"] == "withdrawn"
    for step in ("completion", "withdrawal"):
        problem(intake.post(f"{path}/{step}"), 409, "step_not_possible")
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] == "2026-09-30"


def test_after_the_final_nothing_is_extended_and_nobody_replaced(intake, problem):
    project = intake.buildable()
    contract = intake.contracted(
        project, supervisor="监理公司", ends_on="2026-09-30", personnel=STAFF
    )
    waiting = applied(intake, contract)["id"]
    sign(intake, waiting, "unit", "contractor")
    intake.tell(FinalPassed(project_id=UUID(project), passed_on=date(2026, 8, 3), round=1))
    path = f"/confirmations/{waiting}"
    signature = {"party": "supervisor", "signer": "钱七", "signed_on": "2026-08-03"}
    for answer in (
        intake.post(f"/contracts/{contract}/extensions", EXTENSION),
        intake.post(f"/contracts/{contract}/personnel-changes", REPLACEMENT),
        intake.post(f"{path}/signatures", signature),
        intake.post(f"{path}/expert-review", REVIEW),
        intake.post(f"{path}/completion"),
    ):
        problem(answer, 409, "already_accepted")
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] == "2026-09-30"
    assert intake.done(f"{path}/withdrawal")["state"] == "withdrawn"


def test_of_another_units_contract_or_of_none(intake, problem, contract):
    confirmation = applied(intake, contract)["id"]
    other = {"unit": "亭湖区卫健委"}
    answer = intake.post(f"/contracts/{contract}/extensions", EXTENSION, **other)
    problem(answer, 403, "not_your_unit")
    problem(intake.post(f"/confirmations/{confirmation}/completion", **other), 403, "not_your_unit")
    problem(intake.post(f"/confirmations/{uuid4()}/completion"), 404, "not_found")
