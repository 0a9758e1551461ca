"""The expert pool."""

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
    view = review.done(path, {"declared_conflicts": ["乙公司"]}, "bureau")
    assert view["declared_conflicts"] == ["乙公司"]
    assert review.get("/experts").json()["items"] == [view]


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
        assert review.done(path, {"account": "li2"}, "bureau")["account"] == "li2"
    review.done(f"/experts/{first}/retirement", None, "bureau")
    assert review.done(path, {"account": "zhang"}, "bureau")["account"] == "zhang"
