"""Who may do what, and what bad input is answered with."""

from uuid import UUID

import pytest
from sqlmodel import select

from govproject.identity import Role
from govproject_archive.tables import (
    ArchiveCheck,
    InStep,
    ProcessFile,
    SupervisionOpinion,
    UnitArchive,
    Volume,
    VolumeAct,
    VolumeItem,
)

NOBODY = UUID(int=99)
ITEM = {"title": "批复", "pages": 3, "dated_on": "2026-02-03"}
VOLUME = {
    "file_class": "approval",
    "title": "立项卷",
    "composed_by": "张三",
    "retention": "years_30",
    "access": "open",
    "items": [ITEM],
}
EVERYBODY = {role.value.replace("_", "-") for role in Role}

WRITES = {
    "/projects/{project}/volumes": (VOLUME, {"unit"}),
    "/volumes/{volume}/review": ({"reviewed_by": "李四"}, {"unit"}),
    "/volumes/{volume}/handover-list": ({"prepared_by": "张三"}, {"unit"}),
    "/volumes/{volume}/confirmations": (
        {"confirmed_by": "张三", "item_count": 1},
        {"unit", "archivist"},
    ),
    "/volumes/{volume}/withdrawal": ({"withdrawn_by": "张三", "reason": "误组"}, {"unit"}),
    "/projects/{project}/archive-checks": ({"inspector": "王五"}, {"archivist", "bureau"}),
    "/projects/{project}/archive-check-failures": (
        {"inspector": "王五", "reasons": ["缺件"]},
        {"archivist", "bureau"},
    ),
    "/projects/{project}/process-files": (
        {"kind": "tender", "file_id": str(NOBODY)},
        {"unit"},
    ),
    "/projects/{project}/in-step": ({"places": {"contract": "合同第9条"}}, {"unit"}),
    "/projects/{project}/supervision-opinions": (
        {"opinion": "请补正。"},
        {"archive-authority", "bureau"},
    ),
}
READS = (
    "/projects",
    "/search?text=批复",
    "/unit-archives",
    "/projects/{project}",
    "/projects/{project}/next-step",
    "/projects/{project}/next-step.html",
    "/projects/{project}/volumes",
    "/projects/{project}/archive-checks",
    "/projects/{project}/in-step",
    "/projects/{project}/supervision-opinions",
    "/volumes/{volume}",
)


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def problem(answer, status, code):
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), body
    return body


def stored(archive):
    with archive.runtime.db.read() as session:
        tables = (
            Volume,
            VolumeItem,
            VolumeAct,
            ArchiveCheck,
            ProcessFile,
            InStep,
            SupervisionOpinion,
            UnitArchive,
        )
        rows = {t.__tablename__: len(session.exec(select(t)).all()) for t in tables}
    return rows | {"outbox": len(archive.published())}


@pytest.mark.parametrize(("path", "body", "roles"), [(p, *rest) for p, rest in WRITES.items()])
class TestWrites:
    def test_other_roles_are_refused_and_nothing_is_written(self, told, path, body, roles):
        path = path.format(project=told.project, volume=told.composed())
        before = stored(told)
        for role in sorted(EVERYBODY - roles):
            problem(told.post(path, body, role), 403, "role_not_allowed")
        assert stored(told) == before

    def test_without_a_token_nobody_is_let_in(self, told, path, body, roles):
        path = path.format(project=told.project, volume=told.composed())
        problem(told.post(path, body, None), 401, "token_missing")

    def test_another_unit_is_refused(self, told, path, body, roles):
        if "unit" not in roles:
            return
        path = path.format(project=told.project, volume=told.composed())
        before = stored(told)
        problem(told.post(path, body, unit="亭湖区卫健委"), 403, "not_your_unit")
        assert stored(told) == before

    def test_what_does_not_exist_is_not_found(self, told, path, body, roles):
        path = path.format(project=NOBODY, volume=NOBODY)
        problem(told.post(path, body, min(roles)), 404, "not_found")

    def test_a_misspelt_member_is_refused(self, told, path, body, roles):
        path = path.format(project=told.project, volume=told.composed())
        answer = told.post(path, {**body, "reviewd_by": "李四"}, min(roles))
        assert problem(answer, 422, "invalid_request")["errors"][0]["loc"][-1] == "reviewd_by"

    def test_every_member_is_required(self, told, path, body, roles):
        path = path.format(project=told.project, volume=told.composed())
        for name in body:
            rest = {other: value for other, value in body.items() if other != name}
            problem(told.post(path, rest, min(roles)), 422, "invalid_request")


@pytest.mark.parametrize("path", READS)
def test_every_role_reads_and_nobody_else(told, path):
    path = path.format(project=told.project, volume=told.composed())
    for role in sorted(EVERYBODY):
        assert told.get(path, role).status_code == 200
    problem(told.get(path, None), 401, "token_missing")


@pytest.mark.parametrize("path", READS[3:])
def test_another_units_files_are_not_shown(told, path):
    path = path.format(project=told.project, volume=told.composed())
    problem(told.get(path, "unit", unit="亭湖区卫健委"), 403, "not_your_unit")


@pytest.mark.parametrize(
    "change",
    [
        {"items": []},
        {"items": [ITEM] * 501},
        {"items": [{**ITEM, "pages": 0}]},
        {"items": [{**ITEM, "pages": 100_001}]},
        {"items": [{**ITEM, "pages": "3"}]},
        {"items": [{**ITEM, "pages": 2.5}]},
        {"items": [{**ITEM, "title": " "}]},
        {"items": [{**ITEM, "dated_on": "2026-02-30"}]},
        {"items": [{**ITEM, "sha256": "A" * 64}]},
        {"items": [{**ITEM, "sha256": "a" * 63}]},
        {"items": [ITEM, {**ITEM, "pages": -1}]},
        {"file_class": "photos"},
        {"title": ""},
        {"title": "立" * 201},
        {"composed_by": "张\u0000三"},
    ],
)
def test_a_bad_volume_is_refused_whole(told, change):
    before = stored(told)
    answer = told.post(f"/projects/{told.project}/volumes", {**VOLUME, **change})
    problem(answer, 422, "invalid_request")
    assert stored(told) == before


@pytest.mark.parametrize("count", [-1, 1.5, "1", True, None, 10_000_001])
def test_a_count_is_a_whole_number(told, count):
    volume_id = told.listed(items=1)
    answer = told.post(
        f"/volumes/{volume_id}/confirmations", {"confirmed_by": "张三", "item_count": count}
    )
    problem(answer, 422, "invalid_request")


def test_a_repeated_request_takes_effect_once(told):
    path, key = f"/projects/{told.project}/volumes", {"Idempotency-Key": "one"}
    first = told.post(path, VOLUME, headers=key)
    again = told.post(path, VOLUME, headers=key)
    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert stored(told)["volume"] == 1


def test_the_list_of_an_unlisted_volume_is_a_conflict(told):
    answer = told.get(f"/volumes/{told.composed()}/handover-list")
    problem(answer, 409, "no_handover_list")


def test_volumes_come_in_pages(told):
    made = [told.composed() for _ in range(3)]
    first = told.get(f"/projects/{told.project}/volumes?limit=2").json()
    second = told.get(
        f"/projects/{told.project}/volumes", params={"cursor": first["next_cursor"]}
    ).json()
    assert [item["id"] for item in (*first["items"], *second["items"])] == made


def test_a_made_up_cursor_is_not_found(told):
    problem(told.get("/projects?cursor=xyz"), 404, "no_such_page")
