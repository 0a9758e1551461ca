"""A contract is on record once (Arts 18, 19)."""

import pytest

from govproject_intake.tables import Contract

SMALL = {"amount_yuan": "50000"}


@pytest.mark.parametrize(
    ("first", "again"),
    [
        # The same answer was lost, and the command sent once more.
        ({}, {}),
        ({"contract_number": "亭教合〔2026〕7号"}, {}),
        ({}, {"contract_number": "亭教合〔2026〕7号"}),
        # One number, written in full width.
        ({"contract_number": "HT-7"}, {"contract_number": "ＨＴ－7", "amount_yuan": "60000"}),
        ({"contract_number": "HT-7"}, {"contract_number": "HT–7", "amount_yuan": "60000"}),
    ],
)
def test_what_is_on_record_is_not_recorded_again(intake, problem, first, again):
    project = intake.buildable()
    intake.contracted(project, **SMALL, **first)
    body = intake.contract(**SMALL) | again
    answer = problem(
        intake.post(f"/projects/{project}/contracts", body), 409, "contract_recorded_already"
    )
    assert "请填写不同的合同编号" in answer["detail"]
    assert answer["article"] == "18"
    assert intake.count(Contract) == 1


@pytest.mark.parametrize(
    ("first", "other"),
    [
        ({"contract_number": "HT-7"}, {"contract_number": "HT-8"}),
        ({}, {"contractor": "盐城网络公司"}),
        ({}, {"amount_yuan": "50000.01"}),
    ],
)
def test_another_contract_is_another(intake, first, other):
    project = intake.buildable()
    intake.contracted(project, **SMALL, **first)
    intake.contracted(project, **(SMALL | other))
    shown = intake.get(f"/projects/{project}/contracts").json()["contracts"]
    assert [each["contract_number"] for each in shown] == [
        first.get("contract_number"),
        other.get("contract_number"),
    ]
    told = [event.contract_number for event in intake.published("contract.recorded")]
    assert told == [each["contract_number"] for each in shown]


def test_a_contract_that_is_terminated_may_be_recorded_anew(intake):
    project = intake.buildable()
    contract = intake.contracted(project, contract_number="HT-7", **SMALL)
    ended = {
        "terminated_on": "2026-08-03",
        "settled_yuan": "0",
        "reason": "登记有误。",
        "file_id": intake.handed_in("更正说明.pdf", b"%PDF-1.7\n%%EOF\n"),
    }
    intake.done(f"/contracts/{contract}/termination", ended)
    intake.contracted(project, contract_number="HT-7", **SMALL)
