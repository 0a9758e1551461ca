"""Each milestone opens a duty to upload its material in time; the files close it (Art 18)."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import delete, select

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ProjectDecommissioned
from govproject.ids import new_id
from govproject.obligations import reminding
from govproject.persistence.tables import Obligation
from govproject_archive.handlers import material_duties
from govproject_archive.handlers.obligations import KEEPER
from govproject_archive.tables import DueProcessFile, Project

NOW = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)
RULE = "upload_process_files"
AWARD = "上传招标文件、中标文件：2026-03-02签发中标通知书（承建单位盐城软件公司）。"
START = "上传工程开工资料：2026-03-20合同备案（承建单位盐城软件公司）。"
BUILT = "上传工程竣工资料、项目建设实施进展材料：2026-05-29建设完成（建设完成登记）。"

both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)


@pytest.fixture
def contracted(archive, events):
    """Award and contract: two milestones that ask for material."""
    archive.tell(events.declared(), events.contract())
    return archive


def duties(archive, status="open"):
    """The duties of Art 18, by what they ask for."""
    items = archive.get(f"/obligations?status={status}", as_="unit").json()["items"]
    return {each["task"]: each for each in items if each["rule"] == RULE}


def opened(archive):
    return [each for each in archive.published("obligation.opened") if each.rule == RULE]


def another(contract, award_notice_on):
    """The same contract with somebody else, as a contract of its own."""
    changes = {
        "contract_id": new_id(),
        "contractor": "另一公司",
        "award_notice_on": award_notice_on,
    }
    return contract.model_validate(contract.model_dump() | changes)


def test_each_milestone_opens_one_duty_with_a_day(contracted, events):
    """Material of one milestone is there together: tender and award are one duty."""
    assert {task: duty["due_on"] for task, duty in duties(contracted).items()} == {
        AWARD: "2026-04-01",
        START: "2026-04-19",  # a Sunday: the day is the milestone's, and no office has to be open
    }
    contracted.tell(events.completed(), events.preliminary(), events.final())
    built = duties(contracted)[BUILT]
    assert (built["article"], built["due_on"], len(opened(contracted))) == ("18", "2026-06-28", 3)


def test_what_is_there_before_its_milestone_opens_none(archive, events):
    archive.tell(events.declared())
    archive.uploaded("tender", "award")
    archive.tell(events.contract())
    assert list(duties(archive)) == [START]


def test_what_is_there_in_part_is_not_all(archive, events):
    archive.tell(events.declared())
    archive.uploaded("award")
    archive.tell(events.contract())
    assert AWARD in duties(archive)


@both
def test_the_last_file_closes_it_and_no_word_does(contracted):
    duty = duties(contracted)[AWARD]
    answer = contracted.post(f"/obligations/{duty['id']}/closure", {"proof": "已上传"})
    assert (answer.status_code, answer.json()["code"]) == (409, "closed_by_upload")
    contracted.uploaded("tender")
    assert contracted.published("obligation.closed") == []
    contracted.uploaded("award")
    (closed,) = contracted.published("obligation.closed")
    assert str(closed.obligation_id) == duty["id"]
    assert duties(contracted, "closed")[AWARD]["proof"].startswith("已上传中标文件：")
    assert list(duties(contracted)) == [START]


def test_each_contract_has_its_own(contracted, events):
    second = another(events.contract(), date(2026, 3, 5))
    contracted.tell(second)
    contracted.uploaded("tender", "award", contract_id=second.contract_id)
    assert AWARD in duties(contracted)
    assert [task for task in duties(contracted) if "另一公司" in task] == [
        START.replace("盐城软件公司", "另一公司")
    ]


def test_a_file_that_turns_out_to_be_another_contracts_is_asked_for_again(contracted, events):
    """It named none, and an earlier contract came on record later."""
    contracted.uploaded("tender", "award")
    assert AWARD not in duties(contracted)
    contracted.tell(another(events.contract(), date(2026, 2, 20)))
    assert AWARD in duties(contracted)
    assert not [task for task in duties(contracted) if "2026-02-20" in task]
    assert Counter(event.due_on for event in opened(contracted))[date(2026, 4, 1)] == 2


@pytest.mark.parametrize("order", [("declared", "completed"), ("completed", "declared")])
def test_it_is_opened_once_whichever_event_comes_first(archive, events, order):
    archive.tell(*(getattr(events, name)() for name in order))
    archive.tell(events.declared(), events.completed())
    assert list(duties(archive)) == [BUILT]
    assert len(opened(archive)) == 1


def test_an_event_that_comes_again_opens_nothing(archive, events):
    contract = events.contract()
    archive.tell(events.declared(), contract)
    archive.tell(contract)
    assert len(opened(archive)) == 2


def test_a_day_of_completion_that_was_wrong_moves_it(archive, events):
    corrected = {"completed_on": date(2026, 7, 20), "corrected_from": date(2026, 5, 29)}
    archive.tell(events.declared(), events.completed())
    archive.tell(events.completed().model_copy(update=corrected))
    (moved,) = archive.published("obligation.rescheduled")
    assert (moved.previous_due_on, moved.due_on) == (date(2026, 6, 28), date(2026, 8, 19))
    (duty,) = duties(archive).values()
    assert (duty["task"], duty["due_on"], duty["overdue"]) == (
        BUILT.replace("05-29", "07-20"),
        "2026-08-19",
        False,
    )


def test_a_stopped_project_owes_none(contracted, events):
    contracted.tell(
        ProjectDecommissioned(project_id=contracted.project, reason="业务停办", reported_at=NOW)
    )
    assert duties(contracted) == {}
    assert {each["proof"] for each in duties(contracted, "closed").values()} == {"项目已报停用"}
    contracted.tell(events.completed())
    assert duties(contracted) == {}
    view = contracted.get(f"/projects/{contracted.project}").json()
    assert [each["overdue"] for each in view["process_material"]] == [False] * 5


def test_what_is_late_is_said_once_and_refuses_nothing(contracted):
    late = contracted.runtime.clock() + timedelta(days=1)
    while reminding.notice_next(contracted.runtime.db, KEEPER.events, late):
        pass
    days = [e.due_on for e in contracted.published("obligation.overdue") if e.rule == RULE]
    assert days == [date(2026, 4, 1), date(2026, 4, 19)]
    assert duties(contracted)[AWARD]["overdue"] is True
    contracted.complete("contract")
    contracted.complete("procurement")
    contracted.uploaded("tender", "award", "commencement")
    path, body = f"/projects/{contracted.project}/archive-checks", {"inspector": "王五"}
    assert contracted.post(path, body, "archivist").status_code == 201
    assert list(duties(contracted, "closed")) == [AWARD, START]


@both
def test_what_an_older_build_asked_for_gets_its_duties(contracted):
    contracted.uploaded("commencement")
    with contracted.runtime.db.write() as session:
        for row in session.exec(select(DueProcessFile)):
            row.obligation_id = None
        session.exec(delete(Obligation))
    given = contracted.runtime.surroundings()
    assert material_duties.settle_next(given, None) == contracted.project
    assert material_duties.settle_next(given, contracted.project) is None
    assert list(duties(contracted)) == [AWARD]
    assert (
        material_duties.settle_next(given, None) == contracted.project
    )  # the commencement stays without
    assert list(duties(contracted)) == [AWARD]


@both
@pytest.mark.parametrize(
    ("stopped_at", "proofs"), [(None, {"材料已上传"}), (NOW, {"项目已报停用"})]
)
def test_what_an_older_build_took_in_beside_is_closed(contracted, stopped_at, proofs):
    """An older replica, while it is replaced, takes files and the end of a project in as well."""
    contracted.uploaded("tender", "award", "commencement")
    with contracted.runtime.db.write() as session:
        for duty in session.exec(select(Obligation).where(Obligation.rule == RULE)):
            duty.closed_at = duty.closed_by = duty.proof = None
        session.get_one(Project, contracted.project).decommissioned_at = stopped_at
    given = contracted.runtime.surroundings()
    assert material_duties.settle_next(given, None) == contracted.project
    assert duties(contracted) == {}
    assert {each["proof"] for each in duties(contracted, "closed").values()} == proofs
    assert material_duties.settle_next(given, None) is None


@pytest.mark.parametrize("changes", [{"decommissioned_at": NOW}, {"unit": None}])
def test_of_an_older_build_only_declared_projects_that_go_on_are_looked_through(
    contracted, changes
):
    with contracted.runtime.db.write() as session:
        for row in session.exec(select(DueProcessFile)):
            row.obligation_id = None
        session.exec(delete(Obligation))
        project = session.get_one(Project, contracted.project)
        for name, value in changes.items():
            setattr(project, name, value)
    assert material_duties.settle_next(contracted.runtime.surroundings(), None) is None


def test_the_unit_is_told_what_to_upload_until_it_is_there(contracted):
    def errands():
        page = contracted.get(f"/projects/{contracted.project}/next-step", "unit").json()
        return [
            (each["about"], each["command"]["path"])
            for each in page["errands"]
            if each["article"] == "18"
        ]

    path = f"/api/v1/projects/{contracted.project}/process-files"
    assert errands() == [
        ("招标文件、中标文件，2026-03-02签发中标通知书（承建单位盐城软件公司）", path),
        ("工程开工资料，2026-03-20合同备案（承建单位盐城软件公司）", path),
    ]
    contracted.uploaded("tender", "commencement")
    assert errands() == [("中标文件，2026-03-02签发中标通知书（承建单位盐城软件公司）", path)]
    contracted.uploaded("award")
    assert errands() == []
