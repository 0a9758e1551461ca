"""The gate over the real APIs and a real broker: refused, then granted, then alone."""

from datetime import datetime

from govproject.clock import SHANGHAI
from govproject_local import documents

CONDITIONS = dict.fromkeys(
    ("duplicate", "no_shared_resources", "no_data_catalogue", "security", "crypto_xinchuang"),
    False,  # the wire format
)


def articles(answer):
    decision = answer["decision"]
    return [f["article"] for f in decision["findings"] if f["severity"] == "block"]


def ask(people, project_id, machines=1):
    return people.post(
        "cloud-alloc", "/allocations", "portal", people.request(project_id, machines)
    )


def test_a_filing_project_is_refused_until_it_is_registered_and_filed(people):
    people.until(lambda: people.get("cloud-alloc", "/knowledge")["age_minutes"] is not None)
    project = people.post("intake", "/projects", "unit", people.declaration())["id"]

    first = ask(people, project)
    assert first["decision"]["outcome"] == "refused"
    assert articles(first)[0] == "3"

    people.post(
        "intake", f"/projects/{project}/registration", "bureau", {"city_system_ref": "TH-0001"}
    )
    people.until(lambda: (people.standing(project) or {}).get("city_system_ref"))
    assert articles(ask(people, project)) == ["27"]

    filing = people.post(
        "intake",
        f"/projects/{project}/filings",
        "unit",
        {
            "internal_review_on": datetime.now(SHANGHAI).date().isoformat(),
            "internal_review_record_file_id": people.hand_in(
                "论证记录.docx", documents.internal_review()
            ),
            "conditions": CONDITIONS,
            "mobile": "none",
        },
    )
    people.post("intake", f"/filings/{filing['id']}/acceptance", "bureau")
    people.until(lambda: people.standing(project)["filing_status"] == "accepted")

    granted = people.post("cloud-alloc", f"/allocations/{first['id']}/reconsideration", "portal")
    assert granted["decision"]["outcome"] == "allowed"
    assert articles(ask(people, project, machines=4)) == ["7"]
    people.until(
        lambda: people.get("cloud-alloc", f"/allocations/{first['id']}")["state"] == "active"
    )


def test_the_gate_answers_alone_and_says_how_old_its_knowledge_is(people, suite):
    project = people.post("intake", "/projects", "unit", people.declaration())["id"]
    people.until(lambda: people.standing(project))
    others = ("intake", "review", "acceptance", "archive")
    for service in others:
        suite.stop(service)
    try:
        stopped = datetime.now(SHANGHAI)
        answer = ask(people, project)
        rules = {finding["rule"] for finding in answer["decision"]["findings"]}
        assert "no_registration_no_resource" in rules
        assert "standing_is_current" not in rules
        after = people.get("cloud-alloc", "/knowledge", "portal")
        assert [source["source"] for source in after["sources"]] == ["intake", "review"]
        # Nobody is there to vouch for anything newer.
        assert all(datetime.fromisoformat(s["as_of"]) <= stopped for s in after["sources"])
        assert after["age_minutes"] is not None
    finally:
        for service in others:
            suite.start(service)
    people.until(
        lambda: (
            datetime.fromisoformat(people.get("cloud-alloc", "/knowledge")["sources"][0]["as_of"])
            > stopped
        )
    )


def test_the_decision_log_is_whole(people):
    report = people.get("cloud-alloc", "/decisions/verification")
    assert report["links"] > 0
    assert report["first_broken"] is None
