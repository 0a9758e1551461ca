"""Art 10: the draw, replacements, recusal."""

from textwrap import dedent
from uuid import UUID

import pytest
from sqlmodel import select

from govproject_review.draw import place
from govproject_review.tables import Expert, Panel


@pytest.fixture
def review(review):
    review.pre_reviewed()
    return review


def ids(entries):
    return [entry["expert_id"] for entry in entries]


def withdraw(review, panel, expert_id, reason="因公出差"):
    body = {"expert_id": expert_id, "reason": reason}
    return review.post(f"/panels/{panel['id']}/withdrawals", body, "bureau")


def test_the_least_number_is_drawn_and_the_rest_are_alternates(review):
    pool = review.pool(7)
    panel = review.drawn()
    assert (panel["size"], len(panel["members"]), len(panel["alternates"])) == (5, 5, 2)
    assert ids(panel["pool"]) == pool
    order = sorted(pool, key=lambda expert_id: place(panel["seed"], UUID(expert_id)))
    assert ids(panel["members"] + panel["alternates"]) == order
    (event,) = review.published("panel.drawn")
    assert (str(event.panel_id), event.size, event.seed) == (panel["id"], 5, panel["seed"])


def test_a_field_that_was_asked_for_is_seated_and_its_absence_is_a_warning(review):
    review.pool(7)
    guard = review.expert("守门人", fields=["network_security"])
    body = {"fields": ["network_security", "business"]}
    panel = review.done(f"/projects/{review.project}/panels", body, "bureau")
    assert guard in ids(panel["members"])
    assert panel["fields"] == body["fields"]
    (warning,) = panel["warnings"]
    assert (warning["rule"], warning["severity"]) == ("expert_fields", "warn")
    assert "项目相关领域业务" in warning["message"]

    # Nobody left knows it: the seat is filled all the same, and the gate says so.
    after = withdraw(review, panel, guard).json()
    assert len(after["members"]) == 5
    stay = [each for each in ids(panel["members"]) if each != guard]
    assert ids(after["members"])[:4] == stay
    checked = review.post("/checks/panel", {"project_id": str(review.project)}, "bureau").json()
    assert "expert_fields" in [finding["rule"] for finding in checked["findings"]]


def test_each_draw_has_a_seed_of_its_own(review, events):
    other = UUID(int=8)
    review.pool(5)
    seeds = {review.drawn()["seed"]}
    review.tell(events.declared(other), events.registered(other))
    review.project = other
    review.pre_reviewed()
    seeds.add(review.drawn()["seed"])
    assert len(seeds) == 2
    assert all(len(bytes.fromhex(seed)) == 16 for seed in seeds)


@pytest.mark.parametrize(
    ("size", "rules"),
    [(1, True), (3, True), (4, True), (5, False), (6, True), (7, False)],
)
def test_the_size_is_judged_before_the_draw(review, refusal, size, rules):
    review.pool(7)
    answer = review.post(f"/projects/{review.project}/panels", {"size": size}, "bureau")
    if rules:
        assert refusal(answer) == ["expert_count_min_5_odd_ge_100"]
        assert review.published("panel.drawn") == []
    else:
        assert len(answer.json()["members"]) == size


def test_a_filing_track_project_may_have_three(small, refusal):
    small.pool(5)
    path = f"/projects/{small.project}/panels"
    assert refusal(small.post(path, {"size": 2}, "bureau")) == ["expert_count_min_3_odd"]
    assert small.drawn()["size"] == 3


def test_an_exception_carries_a_smaller_panel_and_shows_in_it(small, events):
    small.pool(5)
    small.tell(events.exception_granted("expert_count_min_3_odd"))
    panel = small.done(f"/projects/{small.project}/panels", {"size": 1}, "bureau")
    (finding,) = panel["warnings"]
    assert finding["lifted_by"]["expires_on"] == "2026-12-31"
    assert small.get(f"/panels/{panel['id']}").json()["warnings"] == [finding]


def test_a_small_pool_is_said_so(review, problem):
    review.pool(4)
    answer = review.post(f"/projects/{review.project}/panels", {}, "bureau")
    body = problem(answer, 409, "pool_too_small")
    assert (body["eligible"], body["size"]) == (4, 5)
    assert review.page()["panel"] is None


def test_who_must_step_back_is_not_drawn(review):
    review.pool(5)
    own = review.expert("本单位专家", employer="亭湖区 教育局")
    declared = review.expert("顾问", declared_conflicts=["2025年为亭湖区教育局提供咨询"])
    later = review.expert("后来声明")
    gone = review.expert("已退休")
    review.done(
        f"/experts/{later}/conflicts",
        {"declared_conflicts": ["参与编制智慧教育平台方案"]},
        "bureau",
    )
    review.done(f"/experts/{gone}/retirement", None, "bureau")
    panel = review.drawn()
    recused = {e["expert_id"]: e["recusal"] for e in panel["pool"] if e["recusal"]}
    assert recused == {
        own: "任职于项目单位",
        declared: "已声明利害关系：2025年为亭湖区教育局提供咨询",
        later: "已声明利害关系：参与编制智慧教育平台方案",
    }
    assert not recused.keys() & set(ids(panel["members"] + panel["alternates"]))
    assert gone not in ids(panel["pool"])


def test_an_absent_expert_is_replaced_by_the_next_alternate(review):
    review.pool(7)
    panel = review.drawn()
    gone = panel["members"][2]["expert_id"]
    after = withdraw(review, panel, gone).json()
    assert ids(after["members"]) == [
        expert_id
        for expert_id in ids(panel["members"] + panel["alternates"][:1])
        if expert_id != gone
    ]
    assert after["withdrawals"][0]["reason"] == "因公出差"
    assert after["state"] == "drawn"
    (event,) = review.published("panel.member_withdrawn")
    assert (str(event.panel_id), str(event.expert_id)) == (panel["id"], gone)
    assert (event.reason, str(event.successor_id)) == ("因公出差", ids(panel["alternates"])[0])


def test_an_alternate_who_must_step_back_by_now_is_passed_over(review):
    review.pool(7)
    panel = review.drawn()
    first, second = ids(panel["alternates"])
    review.done(
        f"/experts/{first}/conflicts", {"declared_conflicts": ["任职亭湖区教育局"]}, "bureau"
    )
    after = withdraw(review, panel, panel["members"][0]["expert_id"]).json()
    assert ids(after["members"])[-1] == second
    assert [w["reason"] for w in after["withdrawals"]] == [
        "因公出差",
        "已声明利害关系：任职亭湖区教育局",
    ]
    assert [
        (str(event.expert_id), str(event.successor_id))
        for event in review.published("panel.member_withdrawn")
    ] == [(panel["members"][0]["expert_id"], first), (first, second)]


def test_without_alternates_the_panel_is_dissolved_and_drawn_again(review, problem):
    review.pool(5)
    panel = review.drawn()
    after = withdraw(review, panel, panel["members"][0]["expert_id"]).json()
    assert after["state"] == "dissolved"
    (event,) = review.published("panel.member_withdrawn")
    assert event.successor_id is None
    problem(withdraw(review, panel, panel["members"][1]["expert_id"]), 409, "step_not_possible")
    review.expert("补充专家")
    assert review.drawn()["round"] == 2
    states = review.get(f"/projects/{review.project}/panels").json()["items"]
    assert [row["state"] for row in states] == ["dissolved", "drawn"]
    told = [(event.round, event.because) for event in review.published("panel.drawn")]
    assert told == [(1, ""), (2, "专家退出后无人可替补，原专家组已解散")]


def test_a_refused_attempt_is_no_draw_and_leaves_no_gap_in_the_numbers(review, refusal, problem):
    path = f"/projects/{review.project}/panels"
    too_few = problem(review.post(path, {}, "bureau"), 409, "pool_too_small")
    pool = review.pool(5)
    even = review.post(path, {"size": 4}, "bureau")
    assert refusal(even) == ["expert_count_min_5_odd_ge_100"]
    # Who would have been drawn is told to nobody: there is nothing to choose among.
    for answer in (str(too_few), even.text):
        assert not any(told in answer for told in ("seed", "专家1", *pool))
    panel = review.drawn()
    problem(review.post(path, {}, "bureau"), 409, "panel_open")
    withdraw(review, panel, panel["members"][0]["expert_id"])
    problem(review.post(path, {"size": 7}, "bureau"), 409, "pool_too_small")
    review.expert("补充专家")
    review.drawn()
    kept = review.get(path).json()["items"]
    told = review.published("panel.drawn")
    assert [row["round"] for row in kept] == [event.round for event in told] == [1, 2]
    assert [row["id"] for row in kept] == [str(event.panel_id) for event in told]


@pytest.mark.parametrize(("against", "drawn"), [(2, True), (3, False)])
def test_most_of_a_panel_that_said_no_is_not_drawn_away(review, problem, against, drawn):
    """Who is left for the last seat does not matter any more: other materials are needed."""
    review.pool(5)
    panel = review.drawn()
    last, *others = (member["expert_id"] for member in panel["members"])
    for number, expert_id in enumerate(others):
        assert review.sign(panel, expert_id, in_favour=number >= against).is_success
    assert withdraw(review, panel, last).json()["state"] == "dissolved"
    answer = review.post(f"/projects/{review.project}/panels", {}, "bureau")
    if drawn:
        assert answer.is_success, answer.text
    else:
        problem(answer, 409, "panel_failed")


def test_who_has_signed_stays(review, problem):
    review.pool(6)
    panel = review.drawn()
    signed = panel["members"][0]["expert_id"]
    assert review.sign(panel, signed, in_favour=False).is_success
    told = problem(withdraw(review, panel, signed), 409, "already_signed")
    assert (told["article"], "先登记其利害关系声明" in told["remedy"]) == ("10", True)
    problem(withdraw(review, panel, panel["alternates"][0]["expert_id"]), 409, "not_drawn")


def test_nobody_draws_until_the_result_suits(review, problem):
    review.pool(5)
    path = f"/projects/{review.project}/panels"
    review.drawn()
    problem(review.post(path, {}, "bureau"), 409, "panel_open")


def test_a_panel_too_small_for_a_raised_amount_is_drawn_again(small, events):
    small.pool(5)
    small.drawn()
    small.tell(events.change_filed("1000000.00"))
    small.pre_reviewed()
    assert small.drawn()["size"] == 5
    states = small.get(f"/projects/{small.project}/panels").json()["items"]
    assert [row["state"] for row in states] == ["dissolved", "drawn"]
    told = [(event.round, event.because) for event in small.published("panel.drawn")]
    assert told == [(1, ""), (2, "项目金额变更后，原专家组人数不符合要求")]


def test_pre_review_comes_first(empty, events, problem):
    empty.tell(events.declared(), events.registered())
    empty.pool(5)
    answer = empty.post(f"/projects/{empty.project}/panels", {}, "bureau")
    problem(answer, 409, "pre_review_not_passed")


def test_the_pool_at_the_draw_is_what_counts_later(review):
    review.pool(5)
    panel = review.drawn()
    review.expert("后来者")
    assert review.get(f"/panels/{panel['id']}").json() == panel
    with review.runtime.db.read() as session:
        assert len(session.exec(select(Panel)).one().pool) == 5


class TestDepartmentsConflicts:
    """The hook `expert_conflicts`, deployed as a file."""

    @pytest.fixture
    def plugins_dir(self, plugins_dir):
        (plugins_dir / "discipline.py").write_text(
            dedent("""
                from govproject import hookimpl

                @hookimpl
                def expert_conflicts(case):
                    if case.expert_name == "说不清":
                        raise RuntimeError("no connection")
                    if case.unit in case.employer:
                        return f"任职于{case.unit}的下属单位"
            """)
        )
        return plugins_dir

    def test_its_reason_recuses_and_its_failure_too(self, review):
        review.pool(5)
        review.expert("下属", employer="教育装备中心（亭湖区教育局下属）")
        review.expert("说不清")
        panel = review.drawn()
        assert [e["recusal"] for e in panel["pool"] if e["recusal"]] == [
            "任职于亭湖区教育局的下属单位",
            "回避检查未能给出结论",
        ]

    def test_a_check_without_an_answer_is_no_conflict_at_a_replacement(self, review, problem):
        review.pool(5)
        review.expert("说得清")
        panel = review.drawn()
        present = {member["expert_id"] for member in panel["members"]}
        (alternate,) = {each["expert_id"] for each in panel["alternates"]}
        with review.runtime.db.write() as session:
            session.get_one(Expert, UUID(alternate)).name = "说不清"
        path = f"/panels/{panel['id']}/withdrawals"
        body = {"expert_id": next(iter(present)), "reason": "因病"}
        told = problem(review.post(path, body, "bureau"), 409, "conflict_check_failed")["detail"]
        assert ("说不清" in told, "请稍后重试" in told) == (True, True)
        after = review.get(f"/panels/{panel['id']}").json()
        assert (after["state"], after["withdrawals"]) == ("drawn", [])

    def test_a_pool_of_whom_nothing_is_known_is_not_called_too_small(self, review, problem):
        review.pool(4)
        review.expert("说不清")
        answer = review.post(f"/projects/{review.project}/panels", {}, "bureau")
        problem(answer, 409, "conflict_check_failed")


def test_who_stands_in_the_pool_twice_is_drawn_once(review, problem):
    """As older builds took it in."""
    first, *_, last = review.pool(6)
    with review.runtime.db.write() as session:
        known, twin = session.get_one(Expert, UUID(first)), session.get_one(Expert, UUID(last))
        twin.name, twin.employer = "专家１", known.employer
    panel = review.drawn()
    recused = {e["expert_id"]: e["recusal"] for e in panel["pool"] if e["recusal"]}
    assert recused == {last: "与专家库中的“专家1（专家1所在大学）”是同一人"}
    assert first in {member["expert_id"] for member in panel["members"]}


def test_an_expert_reads_the_materials_of_the_panels_own_project(review, events, problem):
    pool = review.pool(7)
    panel = review.drawn()
    sent_in = review.get(f"/projects/{review.project}/pre-reviews").json()["items"][-1]
    file = sent_in["files"][0]["file_id"]
    seated = ids(panel["members"])
    for expert in pool:
        answer = review.get(f"/files/{file}", review.accounts[expert])
        if expert in seated:
            assert answer.json()["id"] == file
        else:
            problem(answer, 403, "file_not_for_role")
    withdraw(review, panel, seated[0])
    answer = review.get(f"/files/{file}", review.accounts[seated[0]])
    problem(answer, 403, "file_not_for_role")
    own = review.handed_in("别的材料.pdf", b"%PDF-1.7\n" + b"y" * 3000 + b"\n%%EOF\n")
    problem(review.get(f"/files/{own}", review.accounts[seated[1]]), 403, "file_not_for_role")
    problem(review.get(f"/files/{file}", "portal"), 403, "file_not_for_role")
