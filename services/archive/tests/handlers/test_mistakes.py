"""A contract that should not have been recorded asks for nothing; one that ended does."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import delete

from govproject.clock import SHANGHAI
from govproject.contracts.intake import ContractTerminated
from govproject.ids import new_id
from govproject.terms import ContractSubject
from govproject_archive.tables import EngagedSupervisor

CHECK = {"inspector": "王五"}
both = pytest.mark.parametrize(
    "database_url",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.peer("postgresql"))],
    indirect=True,
)


def another(contract, **changes: object):
    """The same contract with somebody else, as a contract of its own."""
    return contract.model_copy(update={"contract_id": new_id(), "contractor": "另一公司"} | changes)


def ended(contract, *, mistake=True, settled_yuan=0):
    return ContractTerminated(
        project_id=contract.project_id,
        contract_id=contract.contract_id,
        terminated_on=date(2026, 7, 1),
        settled_yuan=Decimal(settled_yuan),
        reason="金额登记有误。",
        recorded_at=datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI),
        recorded_by_mistake=mistake,
    )


@pytest.fixture
def told(archive, events):
    archive.tell(events.declared(), events.approved())
    return archive


def owed(archive, status="open"):
    """The articles of the duties in a status, and why they were closed."""
    items = archive.get(f"/obligations?status={status}", as_="unit").json()["items"]
    return sorted((each["article"], each["proof"]) for each in items)


def outstanding(archive, kind):
    view = archive.get(f"/projects/{archive.project}").json()
    (shown,) = (each for each in view["process_material"] if each["kind"] == kind)
    return shown["outstanding"]


def check(archive):
    return archive.post(f"/projects/{archive.project}/archive-checks", CHECK, "archivist")


@both
def test_it_asks_for_nothing_and_its_duties_are_closed(told, events):
    contract = events.contract()
    told.tell(contract)
    assert [article for article, _ in owed(told)] == ["18", "18", "40", "40", "40"]
    told.tell(ended(contract))
    assert [article for article, _ in owed(told)] == ["40"]
    proof = "合同登记有误，不再要求其材料"
    assert owed(told, "closed") == [("18", proof)] * 2 + [("40", proof)] * 2
    for file_class in ("procurement", "contract", "implementation"):
        assert told.papers(file_class) == []
    assert [outstanding(told, kind) for kind in ("tender", "award", "commencement")] == [[]] * 3
    told.complete("approval")
    assert check(told).status_code == 201


@pytest.mark.parametrize("settled_yuan", [0, 80000])
def test_one_that_ended_was_tendered_all_the_same(told, events, settled_yuan):
    contract = events.contract()
    told.tell(contract, ended(contract, mistake=False, settled_yuan=settled_yuan))
    assert owed(told, "closed") == []
    assert [len(outstanding(told, kind)) for kind in ("tender", "award")] == [1, 1]
    assert len(told.papers("procurement")) == 2


def test_what_was_filed_for_it_is_kept_and_nothing_more_is_taken(told, events):
    contract = events.contract()
    told.tell(contract)
    told.uploaded("tender", contract_id=contract.contract_id)
    told.handed_over("contract")
    told.tell(ended(contract))
    view = told.get(f"/projects/{told.project}").json()
    assert [each["files"] for each in view["process_material"]] == [1, 0, 0, 0, 0]
    volumes = told.get(f"/projects/{told.project}/volumes").json()["items"]
    assert [each["state"] for each in volumes] == ["handed_over"]
    body = {
        "kind": "award",
        "file_id": told.stored()["id"],
        "contract_id": str(contract.contract_id),
    }
    answer = told.post(f"/projects/{told.project}/process-files", body)
    assert (answer.status_code, answer.json()["code"]) == (422, "contract_unknown")


def test_a_file_that_named_no_contract_counts_for_the_one_recorded_instead(told, events):
    mistaken = events.contract()
    right = another(mistaken)
    told.tell(mistaken)
    told.uploaded("tender", "award", "commencement")
    told.tell(right)
    assert [article for article, _ in owed(told)] == ["18", "18", "40", "40", "40", "40", "40"]
    told.tell(ended(mistaken))
    assert [article for article, _ in owed(told)] == ["40", "40", "40"]
    assert [outstanding(told, kind) for kind in ("tender", "award", "commencement")] == [[]] * 3


def test_a_volume_that_named_no_contract_counts_for_it_and_its_duties_are_closed(told, events):
    mistaken = events.contract()
    right = another(mistaken)
    told.tell(mistaken, right)
    told.uploaded("tender", "award", "commencement", contract_id=right.contract_id)
    told.handed_over("procurement", 2)
    of_right = [each for each in told.papers("procurement") if "另一公司" in each["basis"]]
    assert {each["state"] for each in of_right} == {"missing"}
    told.tell(ended(mistaken))
    assert {each["state"] for each in told.papers("procurement")} == {"archived"}
    closed = [proof for article, proof in owed(told, "closed") if article == "40"]
    assert closed.count("其他合同登记有误，已归档的文件为本合同的") == 1
    assert [article for article, _ in owed(told)] == ["40", "40"]  # approval, and its contract


def test_a_file_that_named_it_is_nothing_that_the_project_asks_for(told, events):
    mistaken = events.contract()
    told.tell(mistaken, another(mistaken), events.completed())
    told.uploaded("completion", contract_id=mistaken.contract_id)
    assert outstanding(told, "completion") == []
    told.tell(ended(mistaken))
    assert len(outstanding(told, "completion")) == 1


def supervision_asked_for(told, events):
    told.tell(events.final())
    return [each["basis"][10:] for each in told.papers("supervision")]


def test_it_engages_no_supervisor(told, events):
    mistaken = events.contract(supervisor="监理甲公司")
    told.tell(mistaken, another(mistaken, supervisor=None), ended(mistaken))
    assert supervision_asked_for(told, events) == []


def test_the_contract_recorded_instead_says_who_supervises(told, events):
    mistaken = events.contract(supervisor="监理甲公司")
    right = another(
        mistaken, contractor="监理乙公司", subject=ContractSubject.SUPERVISION, supervisor=None
    )
    told.tell(mistaken, right, ended(mistaken))
    told.tell(events.final())
    view = told.get(f"/projects/{told.project}").json()
    (supervision,) = (e for e in view["classes"] if e["file_class"] == "supervision")
    assert "监理乙公司" in supervision["basis"]


def test_one_that_ended_was_supervised_all_the_same(told, events):
    contract = events.contract(supervisor="监理甲公司")
    told.tell(contract, ended(contract, mistake=False))
    assert supervision_asked_for(told, events) != []


def test_of_contracts_that_an_older_build_took_in_nobody_is_taken_off(told, events):
    mistaken = events.contract(supervisor="监理甲公司")
    told.tell(mistaken, another(mistaken))
    with told.runtime.db.write() as session:
        session.exec(delete(EngagedSupervisor))
    told.tell(ended(mistaken))
    assert supervision_asked_for(told, events) != []


@both
def test_the_common_commencement_is_asked_for_by_the_next_that_does_not_build(told, events):
    first = another(events.contract(), subject=ContractSubject.TEST, contractor="测评中心")
    second = another(first, contractor="第二测评中心", contract_filed_on=date(2026, 4, 1))
    building = another(events.contract(), contract_filed_on=date(2026, 3, 25))
    told.tell(first, second, building)
    asked = outstanding(told, "commencement")
    assert [basis[:10] for basis in asked] == ["2026-03-20", "2026-03-25"]
    told.tell(ended(first))
    asked = outstanding(told, "commencement")
    assert [basis[:10] for basis in asked] == ["2026-03-25", "2026-04-01"]
    assert "第二测评中心" in asked[1]
    told.tell(ended(second))
    assert [basis[:10] for basis in outstanding(told, "commencement")] == ["2026-03-25"]
    tasks = [
        each["task"]
        for each in told.get("/obligations?status=open", as_="unit").json()["items"]
        if "开工" in each["task"]
    ]
    assert len(tasks) == 1


def test_a_check_says_that_nothing_of_it_is_left(told, events):
    """Who counts the contract's files still must not wait for them."""
    contract = events.contract()
    told.tell(contract, ended(contract))
    told.complete("approval")
    assert check(told).status_code == 201
    (passed,) = told.published("archive_check.passed")
    assert [each.value for each in passed.classes] == ["approval", "procurement", "contract"]
    assert f"contract/{contract.contract_id}" in passed.covered
    assert check(told).json()["code"] == "already_passed"


def test_a_check_that_passed_before_stays_good(told, events):
    contract = events.contract()
    told.tell(contract)
    told.uploaded("tender", "award", "commencement")
    for file_class in ("approval", "procurement", "contract"):
        told.complete(file_class)
    assert check(told).status_code == 201
    told.tell(ended(contract))
    assert check(told).json()["code"] == "already_passed"
