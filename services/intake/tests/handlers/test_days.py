"""Days that cannot be are refused where they are filled in."""

import pytest


@pytest.fixture
def contracted(intake):
    project = intake.buildable()
    return project, intake.contracted(project)


def refused_at(body, field, day):
    assert [error["loc"] for error in body["errors"]] == [["body", *field]]
    assert body["errors"][0]["msg"] == f"日期{day}距今超过30年，请核对年份"
    return True


@pytest.mark.parametrize(
    ("path", "field", "day", "as_"),
    [
        ("/projects/{project}/filings", ("internal_review_on",), "1990-01-01", "unit"),
        ("/projects/{project}/contracts", ("ends_on",), "2099-01-01", "unit"),
        ("/projects/{project}/contracts", ("award_notice_on",), "1990-01-01", "unit"),
        ("/projects/{project}/contracts", ("nda_signed_on",), "1990-01-01", "unit"),
        ("/contracts/{contract}/schedules", ("milestones", 0, "due_on"), "2099-01-01", "unit"),
        ("/projects/{project}/exceptions", ("expires_on",), "2099-01-01", "bureau"),
        ("/projects/{project}/rectification-orders", ("due_on",), "2099-01-01", "bureau"),
    ],
)
def test_a_day_decades_away_is_mistyped(intake, problem, contracted, path, field, day, as_):
    project, contract = contracted
    bodies = {
        "filings": intake.filing(),
        "contracts": intake.contract(),
        "schedules": {"milestones": [{"title": "上线", "due_on": "2026-12-01"}]},
        "exceptions": {
            "rule": "filing_duplicate",
            "reason": "确需实施。",
            "document": "区数据局会议纪要〔2026〕8号",
            "expires_on": "2026-12-31",
        },
        "rectification-orders": {"problem": "日志留存不足。", "due_on": "2026-08-31"},
    }
    body = bodies[path.rsplit("/", 1)[1]]
    inner = body
    for name in field[:-1]:
        inner = inner[name]
    inner[field[-1]] = day
    path = path.format(project=project, contract=contract)
    told = len(intake.published())
    assert refused_at(problem(intake.post(path, body, as_), 422, "invalid_request"), field, day)
    assert len(intake.published()) == told


def test_it_is_the_day_of_the_request_that_counts(intake, contracted):
    project, _ = contracted
    intake.clock.turn(days=366 * 12)
    body = intake.contract(award_notice_on="2038-08-01", contract_filed_on="2038-08-02")
    body |= {"ends_on": "2068-12-31", "amount_yuan": "1000"}
    assert intake.done(f"/projects/{project}/contracts", body)["ends_on"] == "2068-12-31"


def test_what_was_taken_in_before_is_shown_and_goes_on(intake, contracted):
    """The schedule of a build that took any day, decades later."""
    project, contract = contracted
    schedule = {"milestones": [{"title": "上线", "due_on": "2026-12-01"}]}
    intake.done(f"/contracts/{contract}/schedules", schedule)
    intake.clock.turn(days=366 * 31)
    reached = {"title": "上线", "reached_on": "2057-08-01"}
    assert intake.done(f"/contracts/{contract}/milestones", reached)["number"] == 1
    assert intake.get(f"/contracts/{contract}/progress").json()["ends_on"] == "2026-12-31"
    assert intake.get(f"/projects/{project}/next-step").is_success
