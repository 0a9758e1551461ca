"""The expert pool."""

from datetime import datetime, timedelta

import pytest


def test_the_pool_is_listed_in_pages(review):
    added = review.pool(5)
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        page = review.get("/experts", params=query).json()
        seen += [expert["id"] for expert in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == added


def test_the_same_expert_is_added_once(review, problem):
    review.expert("张三", employer="盐城工学院")
    body = {"name": "张三", "employer": "盐城工学院", "account": "x", "fields": ["business"]}
    problem(review.post("/experts", body, "bureau"), 409, "expert_exists")
    assert review.expert("张三", employer="盐城师范学院")


@pytest.mark.parametrize(
    ("name", "employer"),
    [
        ("专家０１", "高校1"),
        ("专家01", "高校１"),
        ("专家 01", "高校1"),
        ("专家01（教务处）", "高校1"),
        ("专家01\U000e0100", "高校1"),
    ],
)
def test_however_written_one_person_is_one_expert(review, problem, name, employer):
    review.expert("专家01", employer="高校1")
    body = {"name": name, "employer": employer, "account": "another", "fields": ["business"]}
    answer = problem(review.post("/experts", body, "bureau"), 409, "expert_exists")
    assert "同名且同单位的专家" in answer["detail"]


def test_however_written_an_account_is_one_experts(review, problem):
    review.expert("张三", account="zhang")
    body = {"name": "李四", "employer": "乙", "account": "Ｚｈａｎｇ", "fields": ["business"]}
    problem(review.post("/experts", body, "bureau"), 409, "account_taken")


def test_declared_conflicts_replace_those_before(review):
    expert_id = review.expert("张三", declared_conflicts=["甲公司"])
    path = f"/experts/{expert_id}/conflicts"
    body = {"declared_conflicts": ["乙公司"], "because": "已于2024年离开甲公司"}
    view = review.done(path, body, "bureau")
    assert view["declared_conflicts"] == ["乙公司"]
    assert review.get("/experts").json()["items"] == [view]


def test_what_was_declared_before_stays_with_who_withdrew_it_when_and_why(review, clock):
    expert_id = review.expert("张三", declared_conflicts=["甲公司"])
    path = f"/experts/{expert_id}/conflicts"
    added_at, clock.now = clock.now, clock.now + timedelta(days=1)
    review.done(path, {"declared_conflicts": ["甲公司", "乙公司"]}, "bureau")
    further_at, clock.now = clock.now, clock.now + timedelta(days=1)
    body = {"declared_conflicts": ["乙公司"], "because": "已离开甲公司满三年"}
    view = review.done(path, body, "bureau")
    assert (view["revision"], view["recorded_by"]) == (3, "bureau")
    assert datetime.fromisoformat(view["recorded_at"]) == clock.now
    assert [
        (
            each["revision"],
            each["declared_conflicts"],
            each["recorded_by"],
            datetime.fromisoformat(each["recorded_at"]),
            each["superseded_by"],
            datetime.fromisoformat(each["superseded_at"]),
            each["superseded_because"],
        )
        for each in view["earlier"]
    ] == [
        (1, ["甲公司"], "bureau", added_at, "bureau", further_at, "补充利害关系声明"),
        (
            2,
            ["甲公司", "乙公司"],
            "bureau",
            further_at,
            "bureau",
            clock.now,
            "已离开甲公司满三年",
        ),
    ]


@pytest.mark.parametrize("left", [[], ["乙公司"], ["甲公司（已离职）"]])
def test_a_declaration_is_withdrawn_for_a_reason_only(review, problem, left):
    expert_id = review.expert("张三", declared_conflicts=["甲公司"])
    path = f"/experts/{expert_id}/conflicts"
    answer = review.post(path, {"declared_conflicts": left}, "bureau")
    assert "甲公司" in problem(answer, 422, "correction_unreasoned")["detail"]
    (stored,) = review.get("/experts").json()["items"]
    assert (stored["declared_conflicts"], stored["earlier"]) == (["甲公司"], [])


def test_the_same_declared_once_more_is_no_other_version(review):
    expert_id = review.expert("张三", declared_conflicts=["甲公司"])
    before = review.get("/experts").json()["items"]
    same = {"declared_conflicts": ["甲公司"]}
    assert [review.done(f"/experts/{expert_id}/conflicts", same, "bureau")] == before


def test_an_expert_retires_once(review, problem):
    path = f"/experts/{review.expert('张三')}/retirement"
    assert review.done(path, None, "bureau")["retired_at"] is not None
    problem(review.post(path, None, "bureau"), 409, "already_retired")


def test_who_has_retired_is_taken_back_as_who_was_known(review, problem):
    expert_id = review.expert("张三", employer="甲大学", declared_conflicts=["乙公司"])
    review.done(f"/experts/{expert_id}/retirement", None, "bureau")
    again = {
        "name": "张 三",
        "employer": "甲大学",
        "account": "zhang",
        "fields": ["network_security"],
        "declared_conflicts": ["丙公司"],
    }
    view = review.done("/experts", again, "bureau")
    assert (view["id"], view["retired_at"]) == (expert_id, None)
    assert (view["account"], view["fields"]) == ("zhang", ["network_security"])
    assert view["declared_conflicts"] == ["乙公司", "丙公司"]
    left, back = view["earlier"]
    assert (left["retired_at"], left["superseded_because"]) == (None, "退出专家库")
    assert (back["retired_at"], back["superseded_because"]) == (
        left["superseded_at"],
        "重新入库",
    )
    assert (back["account"], back["fields"], back["declared_conflicts"]) == (
        left["account"],
        ["informatization"],
        ["乙公司"],
    )
    assert review.get("/experts").json()["items"] == [view]
    problem(review.post("/experts", again, "bureau"), 409, "expert_exists")


@pytest.mark.parametrize("change", [{"fields": []}, {"fields": ["magic"]}, {"name": " "}])
def test_an_expert_is_described_completely(review, problem, change):
    body = {"name": "张三", "employer": "甲", "account": "x", "fields": ["business"], **change}
    problem(review.post("/experts", body, "bureau"), 422, "invalid_request")
    assert review.get("/experts").json()["items"] == []


def test_an_account_is_one_experts(review, problem):
    first = review.expert("张三", account="zhang")
    body = {"name": "张三丰", "employer": "乙", "account": "zhang", "fields": ["business"]}
    assert (
        "第10条" in problem(review.post("/experts", body, "bureau"), 409, "account_taken")["detail"]
    )
    second = review.expert("李四", account="li")
    path = f"/experts/{second}/account"
    problem(review.post(path, {"account": "zhang"}, "bureau"), 409, "account_taken")
    for _ in range(2):  # an answer that was lost is asked for again
        view = review.done(path, {"account": "li2"}, "bureau")
        assert (view["account"], [each["account"] for each in view["earlier"]]) == ("li2", ["li"])
    review.done(f"/experts/{first}/retirement", None, "bureau")
    assert review.done(path, {"account": "zhang"}, "bureau")["account"] == "zhang"
