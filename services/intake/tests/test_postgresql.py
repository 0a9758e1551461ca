"""The same service on PostgreSQL, where commands can really meet."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from govproject.persistence import migrate
from govproject_intake.app import SERVICE


@pytest.fixture
def database_url(postgres_url):
    return postgres_url


def test_the_migrations_make_what_the_models_say(intake):
    assert migrate.is_current(intake.runtime.db, SERVICE.package)
    assert migrate.differences(intake.runtime.db, SERVICE.package) == []


def test_from_declaration_to_an_accepted_filing(intake, problem):
    project = intake.registered(budget_yuan="499999.99")
    conditions = {"no_shared_resources": True}
    filing = intake.filed(
        project, conditions=intake.filing()["conditions"] | conditions, cloud_plan={"vcpus": 8}
    )
    path = f"/filings/{filing}/acceptance"
    problem(intake.post(path, as_="bureau"), 409, "refused")
    exception = {
        "rule": "filing_no_shared_resources",
        "reason": "不涉及系统部署。",
        "document": "会议纪要",
        "expires_on": "2026-08-03",
    }
    intake.done(f"/projects/{project}/exceptions", exception, "bureau")
    view = intake.done(path, as_="bureau")
    assert (view["status"], view["cloud_plan"]["vcpus"]) == ("accepted", 8)
    assert view["decided_at"] == "2026-08-03T09:30:00+08:00"
    assert intake.get("/projects").json()["items"][0]["budget_yuan"] == "499999.99"
    change = {"aspects": ["amount"], "description": "增加。", "new_budget_yuan": "1000000"}
    change_id = intake.done(f"/projects/{project}/changes", change)["id"]
    assert intake.done(f"/changes/{change_id}/filing")["track"] == "full_process"


def test_of_many_filings_at_once_one_is_made(intake):
    project = intake.registered()
    with ThreadPoolExecutor(4) as units:
        answers = list(
            units.map(
                lambda _: intake.post(f"/projects/{project}/filings", intake.filing()), range(4)
            )
        )
    assert sorted(answer.status_code for answer in answers) == [201, 409, 409, 409]
    assert len(intake.published("filing.submitted")) == 1


def test_a_filing_is_accepted_or_found_irregular_and_never_lost_between(intake):
    filing = intake.filed(intake.registered())

    def decide(accepting: bool) -> int:
        if accepting:
            return int(intake.post(f"/filings/{filing}/acceptance", as_="bureau").status_code)
        body = {"reasons": ["缺件"]}
        return int(intake.post(f"/filings/{filing}/irregularity", body, "bureau").status_code)

    with ThreadPoolExecutor(2) as officials:
        statuses = list(officials.map(decide, (True, False)))
    # Irregular may follow accepted, never the other way round.
    assert statuses[1] == 200
    assert intake.get(f"/filings/{filing}").json()["status"] == "irregular"
    assert len(intake.published("filing.accepted")) == (statuses[0] == 200)


def test_additions_to_one_plan_at_once_are_versions_one_after_the_other(intake):
    projects = [intake.declared() for _ in range(4)]

    def adopt(project: str) -> int:
        body = {"project_ids": [project], "reason": "年中追加。"}
        return int(intake.post("/annual-plans/2027/projects", body, "bureau").status_code)

    with ThreadPoolExecutor(4) as officials:
        assert list(officials.map(adopt, projects)) == [200] * 4
    plan = intake.get("/annual-plans/2027").json()
    assert [version["version"] for version in plan["versions"]] == [1, 2, 3, 4]
    assert sorted(project["project_id"] for project in plan["projects"]) == sorted(projects)


def test_of_two_plans_that_want_one_project_one_gets_it(intake):
    project = intake.declared()

    def draft(_: int) -> int:
        return int(
            intake.post("/annual-plans/2027/drafts", {"add": [project]}, "bureau").status_code
        )

    with ThreadPoolExecutor(4) as officials:
        assert sorted(officials.map(draft, range(4))) == [200, 409, 409, 409]


def test_one_party_signs_once_however_many_record_it(intake):
    contract = intake.contracted(intake.buildable(), ends_on="2026-12-31")
    extension = {
        "reason": "机房迁移。",
        "new_ends_on": "2027-03-31",
        "milestones": [{"title": "上线", "due_on": "2027-03-01"}],
    }
    confirmation = intake.done(f"/contracts/{contract}/extensions", extension)["id"]
    body = {"party": "unit", "signer": "赵六", "signed_on": "2026-08-03"}
    path = f"/confirmations/{confirmation}/signatures"
    with ThreadPoolExecutor(4) as clerks:
        statuses = [
            answer.status_code for answer in clerks.map(lambda _: intake.post(path, body), range(4))
        ]
    assert sorted(statuses) == [200, 409, 409, 409]
    assert len(intake.get(f"/confirmations/{confirmation}").json()["signatures"]) == 1
