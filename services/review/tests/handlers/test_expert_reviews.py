"""Art 10: signed opinions and the conclusion."""

from uuid import UUID

import pytest
from sqlmodel import select

from govproject_review.rules.article_10_panel import Dimension
from govproject_review.tables import Expert, ExpertOpinion


@pytest.fixture
def review(review):
    review.pre_reviewed()
    review.pool(9)
    return review


@pytest.fixture
def panel(review):
    return review.drawn()


def ids(panel):
    return [member["expert_id"] for member in panel["members"]]


@pytest.mark.parametrize(
    ("against", "state"), [(0, "passed"), (2, "passed"), (3, "failed"), (5, "failed")]
)
def test_the_majority_decides(review, against, state):
    panel = review.expertly_reviewed(against=against)
    assert (panel["state"], len(panel["attended"])) == (state, 5)
    (event,) = review.published("panel.concluded")
    assert (event.attended, event.passed) == (5, state == "passed")


def test_a_failed_review_may_be_repeated_with_another_panel_once_the_materials_are_others(
    review, problem
):
    review.expertly_reviewed(against=5)
    answer = review.post(f"/projects/{review.project}/panels", {}, "bureau")
    told = problem(answer, 409, "panel_failed")
    assert ("第10条" in told["detail"], "重新提交并通过预审" in told["remedy"]) == (True, True)
    review.pre_reviewed()
    assert review.expertly_reviewed()["round"] == 2
    answer = review.post(f"/projects/{review.project}/panels", {}, "bureau")
    problem(answer, 409, "panel_passed")


def test_an_even_number_does_not_conclude_until_an_alternate_signs(review, panel, refusal):
    *present, absent = ids(panel)
    for expert_id in present:
        assert review.sign(panel, expert_id).is_success
    assert refusal(review.conclude(panel, present)) == [
        "absent_experts_are_replaced",
        "expert_count_min_5_odd_ge_100",
    ]
    assert review.published("panel.concluded") == []
    body = {"expert_id": absent, "reason": "因病"}
    panel = review.done(f"/panels/{panel['id']}/withdrawals", body, "bureau")
    assert review.sign(panel, ids(panel)[-1]).is_success
    assert review.conclude(panel, ids(panel)).json()["state"] == "passed"


def test_a_stake_that_is_known_after_the_draw_counts(review, panel, problem, refusal):
    late, signed, *others = ids(panel)
    for expert_id in (signed, *others):
        assert review.sign(panel, expert_id).is_success
    for expert_id in (late, signed):
        body = {"declared_conflicts": ["2025年受亭湖区教育局委托编制智慧教育平台方案"]}
        review.done(f"/experts/{expert_id}/conflicts", body, "bureau")
    told = problem(review.sign(panel, late), 409, "expert_conflict")["detail"]
    assert ("第10条" in told, "候补专家递补" in told) == (True, True)
    assert refusal(review.conclude(panel, [signed, *others])) == [
        "absent_experts_are_replaced",
        "conflicted_experts_step_back",
        "expert_count_min_5_odd_ge_100",
    ]
    for expert_id in (late, signed):
        body = {"expert_id": expert_id, "reason": "回避"}
        panel = review.done(f"/panels/{panel['id']}/withdrawals", body, "bureau")
    for expert_id in set(ids(panel)).difference(others):
        assert review.sign(panel, expert_id).is_success
    concluded = review.conclude(panel, ids(panel)).json()
    assert (concluded["state"], len(concluded["attended"])) == ("passed", 5)


def test_people_of_whoever_has_a_stake_step_back(review):
    consultant = review.expert("咨询师", employer="江苏某咨询公司")
    body = {"parties": ["江苏某咨询公司"]}
    panel = review.done(f"/projects/{review.project}/panels", body, "bureau")
    recused = {e["expert_id"]: e["recusal"] for e in panel["pool"] if e["recusal"]}
    assert recused == {consultant: "任职于与项目有利害关系的单位：江苏某咨询公司"}
    assert panel["parties"] == ["江苏某咨询公司"]


def test_an_opinion_speaks_to_all_five_dimensions(review, panel, problem, refusal):
    *others, short = ids(panel)
    for expert_id in others:
        assert review.sign(panel, expert_id).is_success
    assert review.sign(panel, short, without=[Dimension.SECURITY, Dimension.ECONOMY]).is_success
    answer = review.conclude(panel, ids(panel))
    assert refusal(answer) == ["expert_opinion_dimensions"]
    assert "（缺经济合理性、网络安全性）" in problem(answer, 409, "refused")["detail"]
    assert review.sign(panel, short, because="补充评价").is_success
    assert review.conclude(panel, ids(panel)).is_success


def test_attending_without_signing_is_found(review, panel, refusal):
    for expert_id in ids(panel)[:3]:
        assert review.sign(panel, expert_id).is_success
    assert refusal(review.conclude(panel, ids(panel))) == [
        "expert_count_min_5_odd_ge_100",
        "expert_opinion_dimensions",
    ]


def test_who_was_not_drawn_neither_signs_nor_attends(review, panel, problem, refusal):
    stranger = panel["alternates"][0]["expert_id"]
    problem(review.sign(panel, stranger), 409, "not_drawn")
    for expert_id in ids(panel):
        assert review.sign(panel, expert_id).is_success
    attended = [*ids(panel), stranger]
    assert refusal(review.conclude(panel, attended)) == ["experts_drawn_by_bureau"]
    problem(review.conclude(panel, [str(review.project)]), 404, "not_found")


def test_a_dissent_is_not_lost_by_leaving_its_author_out(review, problem):
    panel = review.drawn(7)
    for number, expert_id in enumerate(ids(panel)):
        assert review.sign(panel, expert_id, in_favour=number > 3).is_success
    problem(review.conclude(panel, ids(panel)[2:]), 409, "signed_expert_omitted")
    assert review.conclude(panel, ids(panel)).json()["state"] == "failed"


def test_two_of_seven_are_not_dropped_though_five_are_enough(review, refusal):
    panel = review.drawn(7)
    *present, fourth, fifth = ids(panel)
    for expert_id in present:
        assert review.sign(panel, expert_id).is_success
    answer = review.conclude(panel, present)
    assert refusal(answer) == ["absent_experts_are_replaced"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], "依次递补" in finding["remedy"]) == ("10", True)
    for absent in (fourth, fifth):
        body = {"expert_id": absent, "reason": "因病"}
        panel = review.done(f"/panels/{panel['id']}/withdrawals", body, "bureau")
    for expert_id in ids(panel)[-2:]:
        assert review.sign(panel, expert_id).is_success
    assert review.conclude(panel, ids(panel)).json()["state"] == "passed"


def test_an_expert_named_twice_counts_once(review, panel, refusal):
    signed = ids(panel)[:4]
    for expert_id in signed:
        assert review.sign(panel, expert_id).is_success
    assert refusal(review.conclude(panel, [*signed, signed[0]])) == [
        "absent_experts_are_replaced",
        "expert_count_min_5_odd_ge_100",
    ]


def test_an_opinion_is_signed_by_its_expert_alone(review, panel, problem):
    first, second, *_ = ids(panel)
    problem(review.sign(panel, first, as_=review.accounts[second]), 403, "not_this_expert")
    assert review.get(f"/panels/{panel['id']}").json()["opinions"] == []


def test_one_person_does_not_sign_for_all(review, problem, refusal):
    with review.runtime.db.write() as session:  # as pools were kept before
        for expert in session.exec(select(Expert)):
            expert.account = "expert:all"
    panel = review.drawn()
    first, second, *others = ids(panel)
    assert review.sign(panel, first, as_="expert:all").is_success
    body = problem(review.sign(panel, second, as_="expert:all"), 409, "account_has_signed")
    assert "第10条" in body["detail"]
    for number, expert_id in enumerate((second, *others)):
        account = {"account": f"expert:own-{number}"}
        review.done(f"/experts/{expert_id}/account", account, "bureau")
        assert review.sign(panel, expert_id, as_=account["account"]).is_success
    with review.runtime.db.write() as session:
        session.get_one(ExpertOpinion, (UUID(panel["id"]), UUID(second))).signed_by = "expert:all"
    answer = review.conclude(panel, ids(panel))
    assert refusal(answer) == ["each_expert_signs_alone"]
    [finding] = answer.json()["findings"]
    assert (finding["article"], "本人重新签署" in finding["remedy"]) == ("10", True)
    assert review.sign(panel, second, as_="expert:own-0", because="由本人签署").is_success
    assert review.conclude(panel, ids(panel)).json()["state"] == "passed"


def test_a_signed_opinion_is_replaced_for_a_reason_and_stays_to_be_read(review, panel, problem):
    first, *others = ids(panel)
    assert review.sign(panel, first, in_favour=False).is_success
    problem(review.sign(panel, first), 422, "correction_unreasoned")
    assert review.sign(panel, first, because="看过补充说明").is_success
    for expert_id in others:
        assert review.sign(panel, expert_id).is_success
    assert review.conclude(panel, ids(panel)).is_success
    opinions = {o["expert_id"]: o for o in review.get(f"/panels/{panel['id']}").json()["opinions"]}
    present = opinions[first]
    assert (present["in_favour"], present["revision"]) == (True, 2)
    [earlier] = present["earlier"]
    assert (earlier["in_favour"], earlier["revision"]) == (False, 1)
    assert earlier["superseded_because"] == "看过补充说明"
    assert earlier["superseded_by"] == review.accounts[first]
    signed = review.published("panel.opinion_signed")
    assert [(str(e.expert_id), e.in_favour, e.revision, e.because) for e in signed[:2]] == [
        (first, False, 1, ""),
        (first, True, 2, "看过补充说明"),
    ]
    assert {str(e.panel_id) for e in signed} == {panel["id"]}
    assert [opinions[each]["earlier"] for each in others] == [[]] * len(others)


def test_a_concluded_review_is_closed(review, problem):
    panel = review.expertly_reviewed()
    member = ids(panel)[0]
    problem(review.sign(panel, member, in_favour=False), 409, "step_not_possible")
    problem(review.conclude(panel, ids(panel)), 409, "step_not_possible")
    body = {"expert_id": member, "reason": "撤回"}
    answer = review.post(f"/panels/{panel['id']}/withdrawals", body, "bureau")
    problem(answer, 409, "step_not_possible")


def test_a_panel_of_three_is_not_enough_once_the_amount_is_raised(small, events):
    small.pool(5)
    small.expertly_reviewed()
    small.tell(events.change_filed("1000000.00"))
    small.pre_reviewed()
    small.jointly_reviewed()
    assert small.page()["stage"] == "expert_review"
    small.expertly_reviewed()
    assert small.page()["stage"] == "fiscal_evaluation"


def test_the_gate_can_be_asked_with_those_who_have_signed(review):
    question = {"project_id": str(review.project)}

    def outcome():
        return review.post("/checks/panel", question, "unit").json()["outcome"]

    assert outcome() == "refused"
    panel = review.drawn()
    for expert_id in ids(panel):
        assert outcome() == "refused"
        assert review.sign(panel, expert_id).is_success
    assert outcome() == "allowed"
