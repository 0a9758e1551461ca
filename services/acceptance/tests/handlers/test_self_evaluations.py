"""A unit evaluates its own project and mends what it found (Arts 21, 23)."""

from uuid import UUID

import pytest

from govproject.terms import SelfEvaluationPart
from govproject_acceptance import repository

PROOF = {"proof": "自评估报告已报区数据局"}
RECTIFIED = {"rectified_on": "2026-08-03", "rectification": "已优化查询性能"}


@pytest.fixture
def duty(accepted):
    rule = "self_evaluation_12_months"
    (found,) = [o for o in accepted.view()["obligations"] if o["rule"] == rule]
    return f"/obligations/{found['id']}/closure"


@pytest.mark.parametrize("part", SelfEvaluationPart)
def test_it_has_four_parts(accepted, bodies, part):
    body = bodies.self_evaluation(accepted.handed_in())
    del body["parts"][part.value]
    problem = accepted.refused("self-evaluations", body)
    assert accepted.rules(problem) == ["self_evaluation_content"]
    assert part.zh in problem["findings"][0]["message"]


def test_the_duty_is_not_closed_without_one(accepted, bodies, duty):
    problem = accepted.refused(duty, PROOF)
    assert accepted.rules(problem) == ["self_evaluation_content", "self_evaluation_report"]
    view = accepted.do("self-evaluations", bodies.self_evaluation(accepted.handed_in()))
    assert view["paper"]["name"] == "材料.docx"
    assert accepted.do(duty, PROOF)["closed_at"] is not None
    assert accepted.view()["self_evaluations"] == [view]


def test_one_from_before_the_final_does_not_count(accepted, bodies, duty):
    body = bodies.self_evaluation(accepted.handed_in(), evaluated_on="2026-08-02")
    accepted.do("self-evaluations", body)
    problem = accepted.refused(duty, PROOF)
    assert accepted.rules(problem) == ["self_evaluation_content", "self_evaluation_report"]


def test_its_report_is_a_file(accepted, bodies):
    """Four sentences were recorded, and the bureau got no report."""
    problem = accepted.refused("self-evaluations", bodies.self_evaluation(None))
    (finding,) = problem["findings"]
    assert (finding["article"], finding["clause"], finding["severity"]) == ("21", "3", "block")
    assert finding["message"] == "尚未上传项目自评估报告。"
    assert "上传" in finding["remedy"]


def test_one_of_before_it_was_asked_stays_and_closes_nothing(accepted, bodies, duty):
    view = accepted.do("self-evaluations", bodies.self_evaluation(accepted.handed_in()))
    with accepted.runtime.db.write() as session:
        repository.self_evaluation(session, UUID(view["id"])).paper = None
    assert accepted.view()["self_evaluations"][0]["paper"] is None
    problem = accepted.refused(duty, PROOF)
    assert accepted.rules(problem) == ["self_evaluation_report"]
    accepted.do("self-evaluations", bodies.self_evaluation(accepted.handed_in()))
    accepted.do(duty, PROOF)


class TestRectified:
    @pytest.fixture
    def path(self, accepted, bodies):
        body = bodies.self_evaluation(accepted.handed_in(), evaluated_on="2026-08-02")
        view = accepted.do("self-evaluations", body)
        return f"/self-evaluations/{view['id']}/rectification"

    def test_it_is_recorded_once(self, accepted, path):
        view = accepted.do(path, RECTIFIED)
        assert (view["rectified_on"], view["rectification"]) == ("2026-08-03", "已优化查询性能")
        accepted.refused(path, RECTIFIED, "already_rectified")

    @pytest.mark.parametrize(
        ("day", "code"),
        [("2026-08-01", "rectified_before_evaluation"), ("2026-08-04", "date_in_future")],
    )
    def test_the_day_must_make_sense(self, accepted, path, day, code):
        accepted.refused(path, RECTIFIED | {"rectified_on": day}, code)

    def test_another_unit_has_no_say(self, accepted, path):
        answer = accepted.post(path, RECTIFIED, "unit", unit="亭湖区民政局")
        assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"evaluated_on": "2026-08-04"}, "date_in_future"),
        ({"parts": {"luck": "好"}}, "invalid_request"),
        ({"file_id": str(UUID(int=5))}, "file_unknown"),
    ],
)
def test_bad_records(accepted, bodies, changes, code):
    body = bodies.self_evaluation(accepted.handed_in()) | changes
    accepted.refused("self-evaluations", body, code)
