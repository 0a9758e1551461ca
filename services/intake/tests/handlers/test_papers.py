"""What a file of a contract is, it is alone."""

from functools import cache

import pytest

from govproject_intake.tables import Contract
from govproject_local import documents


@cache
def text_of(sentence):
    """Made once: a .docx holds the second in which it was made."""
    return documents.word([(0, sentence)])


@pytest.fixture
def paper(intake):
    """The id of a text with one sentence, under a name of its own."""

    def handed_in(name, sentence):
        return intake.handed_in(f"{name}.docx", text_of(sentence))

    return handed_in


@pytest.fixture
def refusal(intake, problem):
    def refused(path, body):
        return problem(intake.post(path, body), 422, "one_file_for_two")["detail"]

    return refused


def test_a_text_is_no_notice_under_whatever_name(intake, paper, refusal):
    path = f"/projects/{intake.buildable()}/contracts"
    text, copy = paper("合同", "甲乙双方。"), paper("通知书", "甲乙双方。")
    assert text != copy
    body = intake.contract(file_id=text, award_notice_file_id=copy)
    assert refusal(path, body) == (
        "“通知书.docx”的内容已作为本合同的合同文本登记，不能又作为中标（成交）通知书。"
    )
    assert intake.count(Contract) == 0


def test_one_notice_awards_two_lots_and_each_has_its_text(intake, paper, refusal):
    path = f"/projects/{intake.buildable()}/contracts"
    text, notice = paper("合同", "甲乙双方。"), paper("通知书", "两个标段。")
    first = {"amount_yuan": "100000", "file_id": text, "award_notice_file_id": notice}
    second = {"amount_yuan": "90000", "file_id": paper("合同二", "第二标段。")}
    one = intake.done(path, intake.contract(**first))["id"]
    again = intake.contract(**second | {"file_id": paper("又", "甲乙双方。")})
    assert "已作为“盐城软件公司”的合同文本登记，不能又作为合同文本" in refusal(path, again)
    swapped = intake.contract(**second | {"award_notice_file_id": text})
    assert "不能又作为中标（成交）通知书" in refusal(path, swapped)
    swapped = intake.contract(**second | {"file_id": notice})
    assert "的中标（成交）通知书登记，不能又作为合同文本" in refusal(path, swapped)
    intake.done(path, intake.contract(**second | {"award_notice_file_id": notice}))
    ended = {"terminated_on": "2026-08-03", "settled_yuan": "0", "reason": "登记有误。"}
    ending = f"/contracts/{one}/termination"
    assert "已作为本合同的合同文本登记" in refusal(ending, ended | {"file_id": text})
    assert "已作为本合同的中标（成交）通知书登记" in refusal(ending, ended | {"file_id": notice})
    intake.done(ending, ended | {"file_id": paper("更正", "登记有误。")})
    intake.done(path, intake.contract(**first | {"amount_yuan": "99000"}))


def test_what_was_declared_or_filed_is_no_contract(intake, refusal):
    project = intake.buildable()
    path = f"/projects/{project}/contracts"
    form = intake.get(f"/projects/{project}/materials").json()["materials"][0]["file_id"]
    assert "申报材料中的项目申报表" in refusal(path, intake.contract(file_id=form))
    record = intake.get(f"/projects/{project}/filing").json()["internal_review_record_file_id"]
    body = intake.contract(award_notice_file_id=record)
    assert "内部技术审查及论证记录" in refusal(path, body)
