"""A volume's way into the archive, step by step (Art 41)."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from govproject_archive.lifecycle import VolumeState, VolumeStep

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def refused(answer, status, code):
    body = answer.json()
    assert (answer.status_code, body["code"]) == (status, code), answer.text
    return body


def state(archive, volume_id):
    return archive.get(f"/volumes/{volume_id}").json()["state"]


def test_a_volume_keeps_its_catalogue_in_order(told):
    view = told.get(f"/volumes/{told.composed(items=3)}").json()
    assert [(i["position"], i["title"], i["pages"]) for i in view["items"]] == [
        (1, "文件1", 1),
        (2, "文件2", 2),
        (3, "文件3", 3),
    ]
    assert (view["item_count"], view["page_count"], view["state"]) == (3, 6, "composed")


def test_digests_of_electronic_files_are_kept(told):
    item = {"title": "批复", "pages": 1, "dated_on": "2026-02-03", "sha256": "a" * 64}
    answer = told.post(
        f"/projects/{told.project}/volumes",
        {
            "file_class": "approval",
            "title": "立项卷",
            "composed_by": "张三",
            "retention": "years_30",
            "access": "open",
            "items": [item],
        },
    )
    assert answer.json()["items"] == [
        {
            "position": 1,
            **item,
            "file_id": None,
            "file_name": None,
            "kind": "other",
            "record": None,
            "page_numbers": "1",
        }
    ]


@pytest.mark.parametrize(("day", "status"), [("2026-08-03", 201), ("2026-08-04", 422)])
def test_a_file_cannot_be_dated_tomorrow(told, day, status):
    item = {"title": "批复", "pages": 1, "dated_on": day}
    answer = told.post(
        f"/projects/{told.project}/volumes",
        {
            "file_class": "approval",
            "title": "立项卷",
            "composed_by": "张三",
            "retention": "years_30",
            "access": "open",
            "items": [item],
        },
    )
    assert answer.status_code == status
    listed = told.get(f"/projects/{told.project}/volumes").json()["items"]
    assert len(listed) == (status == 201)
    if status == 422:
        assert refused(answer, 422, "date_in_future")["detail"].startswith("第1件")


@pytest.mark.parametrize("name", ["张三", "张 三", "张　三"])
def test_the_composer_does_not_review_his_own_volume(told, name):
    volume_id = told.composed()
    body = refused(
        told.post(f"/volumes/{volume_id}/review", {"reviewed_by": name}),
        409,
        "reviewer_is_composer",
    )
    assert "第41条" in body["detail"]
    assert state(told, volume_id) == "composed"


def test_the_reviewer_is_on_record(told):
    volume_id = told.composed()
    view = told.step(volume_id, "review", reviewed_by="李四")
    assert view["state"] == "reviewed"
    assert [(act["step"], act["person"]) for act in view["acts"]] == [
        ("compose", "张三"),
        ("review", "李四"),
    ]


def test_an_unreviewed_volume_gets_no_list(told):
    volume_id = told.composed()
    answer = told.post(f"/volumes/{volume_id}/handover-list", {"prepared_by": "张三"})
    assert refused(answer, 409, "step_not_possible")["state"] == "composed"
    assert told.get(f"/volumes/{volume_id}/handover-list").json()["code"] == "no_handover_list"


def test_the_list_has_number_formalities_quantity_and_catalogue(told):
    volume_id = told.listed(items=3)
    listed = told.get(f"/volumes/{volume_id}/handover-list").json()
    assert listed["handover_number"] == "JJ-2026-000001"
    assert (listed["project_name"], listed["unit"]) == ("智慧教育平台", "亭湖区教育局")
    assert [(a["name"], a["person"]) for a in listed["formalities"]] == [
        ("组卷", "张三"),
        ("部门负责人审查", "李四"),
        ("编制交接清册", "张三"),
    ]
    assert (listed["item_count"], listed["page_count"]) == (3, 6)
    assert [entry["title"] for entry in listed["catalogue"]] == ["文件1", "文件2", "文件3"]
    assert listed["complete"] is False


def test_numbers_are_given_once_and_without_gap(told):
    volumes = [told.listed() for _ in range(3)]
    refused(
        told.post(f"/volumes/{volumes[0]}/handover-list", {"prepared_by": "张三"}),
        409,
        "step_not_possible",
    )
    volumes.append(told.listed())
    assert [told.get(f"/volumes/{v}").json()["handover_number"] for v in volumes] == [
        "JJ-2026-000001",
        "JJ-2026-000002",
        "JJ-2026-000003",
        "JJ-2026-000004",
    ]


def test_files_of_a_class_that_is_not_due_stay_with_the_unit(told):
    volume_id = told.composed("test")
    told.step(volume_id, "review", reviewed_by="李四")
    answer = told.post(f"/volumes/{volume_id}/handover-list", {"prepared_by": "张三"})
    body = refused(answer, 409, "class_not_due")
    assert "第40条" in body["detail"]
    assert "测评文件" in body["detail"]
    assert state(told, volume_id) == "reviewed"


def test_implementation_files_may_be_handed_over_in_phases(told):
    volume_id = told.handed_over("implementation")
    assert told.get(f"/volumes/{volume_id}").json()["phased"] is True


def test_a_volume_listed_as_a_phase_but_counted_after_final_acceptance_is_none(told, events):
    volume_id = told.listed("implementation")
    told.tell(events.tested(), events.final())
    told.step(volume_id, "confirmations", confirmed_by="张三", item_count=2)
    view = told.step(volume_id, "confirmations", "archivist", confirmed_by="王五", item_count=2)
    assert (view["state"], view["phased"]) == ("handed_over", False)


@pytest.mark.parametrize("first", ["unit", "archivist"])
def test_the_second_count_completes_the_handover(told, first):
    second = "archivist" if first == "unit" else "unit"
    volume_id = told.listed()
    view = told.step(volume_id, "confirmations", first, confirmed_by="张三", item_count=2)
    assert view["state"] in {"unit_counted", "archive_counted"}
    assert told.published("volume.handed_over") == []
    view = told.step(volume_id, "confirmations", second, confirmed_by="王五", item_count=2)
    assert view["state"] == "handed_over"
    (event,) = told.published("volume.handed_over")
    assert (str(event.volume_id), event.handover_number) == (volume_id, "JJ-2026-000001")
    assert (event.file_class, event.item_count) == ("approval", 2)
    assert told.get(f"/volumes/{volume_id}/handover-list").json()["complete"] is True


@pytest.mark.parametrize("side", ["unit", "archivist"])
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_count_that_differs_blocks_with_both_numbers(told, side, count):
    volume_id = told.listed()
    answer = told.post(
        f"/volumes/{volume_id}/confirmations", {"confirmed_by": "王五", "item_count": count}, side
    )
    body = refused(answer, 409, "count_mismatch")
    assert (body["listed"], body["counted"]) == (2, count)
    assert f"清册2件，清点{count}件" in body["detail"]
    assert state(told, volume_id) == "listed"


def test_after_a_wrong_count_the_right_one_is_taken(told):
    volume_id = told.listed()
    told.post(f"/volumes/{volume_id}/confirmations", {"confirmed_by": "张三", "item_count": 3})
    told.step(volume_id, "confirmations", confirmed_by="张三", item_count=2)


@pytest.mark.parametrize("name", ["张三", " 张三 ", "张 三", "张\U000e0100三"])
def test_one_person_does_not_count_for_both_sides(told, name):
    volume_id = told.listed()
    told.step(volume_id, "confirmations", confirmed_by="张三", item_count=2)
    answer = told.post(
        f"/volumes/{volume_id}/confirmations", {"confirmed_by": name, "item_count": 2}, "archivist"
    )
    refused(answer, 409, "same_person_counted")


def test_a_name_with_what_is_not_seen_is_refused_by_it(told):
    volume_id = told.listed()
    told.step(volume_id, "confirmations", confirmed_by="同一人", item_count=2)
    body = {"confirmed_by": "同\u200c一人", "item_count": 2}
    answer = told.post(f"/volumes/{volume_id}/confirmations", body, "archivist")
    refused(answer, 422, "invalid_request")
    assert "看不见的字符（U+200C），请删除后重新填写" in answer.json()["detail"]
    assert state(told, volume_id) == "unit_counted"
    assert told.published("volume.handed_over") == []


def test_one_side_does_not_count_twice(told):
    volume_id = told.listed()
    told.step(volume_id, "confirmations", confirmed_by="张三", item_count=2)
    answer = told.post(
        f"/volumes/{volume_id}/confirmations", {"confirmed_by": "赵六", "item_count": 2}
    )
    refused(answer, 409, "step_not_possible")


def test_a_handed_over_volume_is_out_of_the_units_hands(told):
    volume_id = told.handed_over()
    answer = told.post(
        f"/volumes/{volume_id}/withdrawal", {"withdrawn_by": "张三", "reason": "想改"}
    )
    assert refused(answer, 409, "step_not_possible")["state"] == VolumeState.HANDED_OVER
    assert state(told, volume_id) == "handed_over"


def test_a_withdrawn_volume_stays_on_record_with_the_reason(told):
    volume_id = told.listed()
    view = told.step(volume_id, "withdrawal", withdrawn_by="李四", reason="缺少会议纪要")
    assert view["state"] == "withdrawn"
    assert (view["acts"][-1]["step"], view["acts"][-1]["reason"]) == (
        VolumeStep.WITHDRAW,
        "缺少会议纪要",
    )
    assert len(view["items"]) == 2


@both
def test_both_sides_may_count_at_the_same_moment(told):
    volumes = [told.listed() for _ in range(5)]
    together = Barrier(2)

    def count(side):
        for volume_id in volumes:
            together.wait()
            told.step(volume_id, "confirmations", side, confirmed_by=side, item_count=2)

    with ThreadPoolExecutor(2) as pool:
        for done in (pool.submit(count, "unit"), pool.submit(count, "archivist")):
            done.result()
    assert {state(told, volume_id) for volume_id in volumes} == {"handed_over"}
    handed_over = [str(event.volume_id) for event in told.published("volume.handed_over")]
    assert sorted(handed_over) == sorted(volumes)


def entry(title, sha256):
    return {"title": title, "pages": 1, "dated_on": "2026-02-03", "sha256": sha256}


def refused_file(told, *items: dict):
    """What is said of a volume that holds a file for a second time; nothing of it is kept."""
    before = told.get(f"/projects/{told.project}/volumes").json()
    body = {
        "file_class": "approval",
        "title": "补充卷",
        "composed_by": "张三",
        "retention": "years_30",
        "access": "open",
        "items": list(items),
    }
    answer = told.post(f"/projects/{told.project}/volumes", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "file_archived_already")
    assert told.get(f"/projects/{told.project}/volumes").json() == before
    return answer.json()["detail"]


def test_a_volume_holds_no_file_twice(told):
    batch = entry("批复", "a" * 64), entry("签到表", None), entry("副本", "a" * 64)
    said = refused_file(told, *batch)
    assert said == "第3件与本卷第1件是同一电子文件，同类文件中不重复归档（第39条）。"


def test_nor_one_that_another_volume_of_its_class_holds(told):
    told.composed(items=[entry("批复", "a" * 64)], title="立项卷")
    said = refused_file(told, entry("可研", "b" * 64), entry("批复", "a" * 64))
    assert "第2件与立项文件1号案卷“立项卷”第1件是同一电子文件" in said


def test_an_uploaded_file_is_known_by_its_content(told):
    """Another name or upload makes no other file of it."""
    first, again = told.stored("批复.pdf"), told.stored("批复（副本）.pdf")
    told.composed(items=[{**entry("批复", None), "file_id": first["id"]}])
    assert "1号案卷" in refused_file(told, {**entry("批复", None), "file_id": again["id"]})


def test_a_volume_that_was_withdrawn_holds_nothing_up(told):
    volume = told.composed(items=[entry("批复", "a" * 64)])
    told.step(volume, "withdrawal", withdrawn_by="张三", reason="页码有误")
    told.composed(items=[entry("批复", "a" * 64)])


def test_in_another_class_it_is_pointed_out(told):
    told.composed("contract", [entry("合同", "a" * 64)], title="合同卷")
    volume = told.composed(items=[entry("可研", "b" * 64), entry("合同", "a" * 64)])
    assert told.get(f"/volumes/{volume}").json()["pointed_out"] == [
        "第2件与合同文件1号案卷“合同卷”第1件是同一电子文件，请核对是否归错。"
    ]
