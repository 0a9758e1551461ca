"""The archive authority sees every project and says what it thinks; the unit answers."""

from uuid import uuid4

import pytest

OPINION = {"opinion": "立项卷缺少会议纪要原件，请补正。"}


@pytest.fixture
def archived(archive, events):
    archive.tell(events.declared(), events.approved())
    archive.handed_over("approval")
    return archive


def test_the_authority_sees_every_project_and_its_volumes(archived):
    authority = "archive-authority"
    (project,) = archived.get("/projects", authority).json()["items"]
    path = f"/projects/{project['id']}"
    assert archived.get(path, authority).status_code == 200
    (volume,) = archived.get(f"{path}/volumes", authority).json()["items"]
    for each in (f"/volumes/{volume['id']}", f"/volumes/{volume['id']}/handover-list"):
        assert archived.get(each, authority).status_code == 200
    assert archived.get(f"{path}/archive-checks", authority).status_code == 200


def test_an_opinion_is_answered_once(archived):
    path = f"/projects/{archived.project}/supervision-opinions"
    given = archived.post(path, OPINION, "archive-authority")
    assert given.status_code == 201, given.text
    opinion = given.json()
    assert (opinion["given_by"], opinion["answer"]) == ("archive-authority", None)
    reply = {"answer": "已补入原件，卷内目录同步更新。"}
    answered = archived.post(f"/supervision-opinions/{opinion['id']}/answer", reply)
    assert answered.json()["answered_at"] == "2026-08-03T09:30:00+08:00"
    again = archived.post(f"/supervision-opinions/{opinion['id']}/answer", reply)
    assert (again.status_code, again.json()["code"]) == (409, "already_answered")
    (shown,) = archived.get(path, "unit").json()["items"]
    assert shown["answer"] == reply["answer"]


@pytest.mark.parametrize("as_", ["unit", "archivist", "expert", "portal"])
def test_nobody_else_supervises(archived, as_):
    answer = archived.post(f"/projects/{archived.project}/supervision-opinions", OPINION, as_)
    assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed")


def test_another_units_opinion_and_one_that_does_not_exist(archived):
    path = f"/projects/{archived.project}/supervision-opinions"
    opinion = archived.post(path, OPINION, "bureau").json()
    reply = {"answer": "已办。"}
    answer = archived.call(
        "POST", f"/supervision-opinions/{opinion['id']}/answer", "unit", "亭湖区卫健委", json=reply
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
    missing = archived.post(f"/supervision-opinions/{uuid4()}/answer", reply)
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
