from uuid import UUID

OTHER = UUID(int=8)


def test_a_unit_sees_its_own_projects_and_others_see_all(archive, events):
    archive.tell(events.declared(), events.declared(OTHER, unit="亭湖区卫健委"))
    own = archive.get("/projects", as_="unit").json()["items"]
    assert [item["id"] for item in own] == [str(archive.project)]
    everything = archive.get("/projects", as_="archivist").json()["items"]
    assert [item["id"] for item in everything] == [str(archive.project), str(OTHER)]


def test_lists_come_in_pages(archive, events):
    archive.tell(events.declared(), events.declared(OTHER))
    first = archive.get("/projects?limit=1").json()
    second = archive.get("/projects", params={"limit": 1, "cursor": first["next_cursor"]}).json()
    assert [item["id"] for item in (*first["items"], *second["items"])] == [
        str(archive.project),
        str(OTHER),
    ]
    assert second["next_cursor"] is None


def test_an_early_phase_is_counted_but_does_not_archive_its_class(archive, events):
    archive.tell(events.declared(), events.contract())
    archive.handed_over("implementation")
    archive.tell(events.final())
    view = archive.get(f"/projects/{archive.project}").json()
    row = next(c for c in view["classes"] if c["file_class"] == "implementation")
    assert (row["due_on"], row["handed_over"], row["volumes_handed_over"]) == (
        "2026-08-01",
        False,
        1,
    )


def test_two_contracts_of_one_contractor_and_day_are_told_apart(archive, events):
    """By their numbers, or where there are none by the end of their identifiers."""
    first, second = events.contract(), events.contract()
    third = events.contract().model_copy(update={"contract_number": "YC-2026-8"})
    archive.tell(events.declared(), first, second, third)
    view = archive.get(f"/projects/{archive.project}").json()
    row = next(c for c in view["classes"] if c["file_class"] == "contract")
    filed = "2026-03-20合同备案（承建单位盐城软件公司"
    told_apart = [
        f"{filed}）",
        f"{filed}，合同标识{str(second.contract_id)[-8:]}）",
        f"{filed}，合同YC-2026-8）",
    ]
    assert sorted(row["outstanding"]) == sorted(told_apart)
    assert sorted(paper["basis"] for paper in row["papers"]) == sorted(told_apart)


def test_files_are_followed_from_forming_to_archiving_the_check_and_the_handover(archive, events):
    def standing():
        view = archive.get(f"/projects/{archive.project}").json()
        row = next(c for c in view["classes"] if c["file_class"] == "approval")
        return row["due_on"], row["outstanding"] == [], row["handed_over"], view["last_check"]

    archive.tell(events.declared())
    assert standing() == (None, True, False, None)
    archive.tell(events.approved())
    assert standing() == ("2026-02-03", False, False, None)
    archive.handed_over("approval")
    assert standing() == ("2026-02-03", True, True, None)
    check = archive.post(
        f"/projects/{archive.project}/archive-checks", {"inspector": "王五"}, "archivist"
    )
    assert check.status_code == 201, check.text
    assert standing() == ("2026-02-03", True, True, "passed")
    assert [event.name for event in archive.published()].count("archive_check.passed") == 1
