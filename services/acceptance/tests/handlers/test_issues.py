"""Issues, disputes and untrue documents stand in the way until explained or settled (Art 19)."""

import pytest

from govproject_local import documents

MAJOR = {"kind": "major_issue", "happened_on": "2026-05-06", "issue": "数据丢失"}
DISPUTE = {"kind": "legal_dispute", "happened_on": "2026-05-06", "issue": "合同款诉讼"}
UNTRUE = {"kind": "untrue_document", "happened_on": "2026-07-20", "issue": "测评报告系伪造"}


def explain(acceptance, issue, on="2026-06-01"):
    body = {"explained_on": on, "explanation": "已恢复", "file_id": acceptance.handed_in()}
    return f"/issues/{issue['id']}/explanation", body


def settle(acceptance, issue, on="2026-06-01"):
    body = {"settled_on": on, "settlement": "已调解", "file_id": acceptance.handed_in()}
    return f"/issues/{issue['id']}/settlement", body


@pytest.mark.parametrize("issue", [MAJOR, DISPUTE], ids=lambda issue: issue["kind"])
def test_an_open_one_fails_the_final_whatever_was_ticked(before_final, bodies, issue):
    noted = before_final.do("issues", issue)
    assert before_final.view()["issues"] == [noted]
    view = before_final.do("final-rounds", bodies.final(rectify_by="2026-09-30"))
    assert (view["passed"], view["found"]) == (False, ["major_issue_or_dispute"])
    assert "2026-05-06" in view["decision"]["findings"][0]["fact"]["open"][0]


def test_what_is_explained_is_for_the_experts(before_final, bodies):
    path, body = explain(before_final, before_final.do("issues", MAJOR))
    shown = before_final.do(path, body)
    assert (shown["explained_on"], shown["explanation_paper"]["name"]) == (
        "2026-06-01",
        "材料.docx",
    )
    view = before_final.do("final-rounds", bodies.final())
    assert view["passed"]
    assert [f["rule"] for f in view["decision"]["findings"]] == ["major_issues_explained"]


@pytest.mark.parametrize("issue", [MAJOR, DISPUTE], ids=lambda issue: issue["kind"])
def test_what_is_settled_is_over(before_final, bodies, issue):
    path, body = settle(before_final, before_final.do("issues", issue))
    assert before_final.do(path, body)["settlement_paper"]["name"] == "材料.docx"
    view = before_final.do("final-rounds", bodies.final())
    assert (view["passed"], view["decision"]["findings"]) == (True, [])


def test_a_dispute_is_not_explained_away(before_final):
    path, body = explain(before_final, before_final.do("issues", DISPUTE))
    problem = before_final.refused(path, body, "dispute_is_settled")
    assert "解决" in problem["detail"]


def test_what_was_settled_after_the_meeting_was_open_at_it(before_final, bodies, clock):
    noted = before_final.do("issues", DISPUTE)
    clock.set(2026, 8, 5)
    before_final.do(*settle(before_final, noted, on="2026-08-04"))
    late = bodies.final(held_on="2026-08-03", rectify_by="2026-09-30", settled_yuan=None)
    assert before_final.do("final-rounds", late)["found"] == ["major_issue_or_dispute"]


def test_the_bureau_notes_what_it_hears_of(before_final):
    noted = before_final.do("issues", DISPUTE, "bureau")
    assert noted["recorded_by"] == "bureau"
    before_final.do(*settle(before_final, noted))


def test_another_unit_has_no_say(before_final):
    answer = before_final.post(
        f"/projects/{before_final.project}/issues", MAJOR, unit="亭湖区民政局"
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_unit")
    answer = before_final.post(f"/projects/{before_final.project}/issues", MAJOR, "finance")
    assert answer.status_code == 403


def test_days_follow_one_another(before_final):
    before_final.refused("issues", {**MAJOR, "happened_on": "2026-08-04"}, "date_in_future")
    noted = before_final.do("issues", MAJOR)
    before_final.refused(*explain(before_final, noted, "2026-05-05"), "before_it_happened")
    before_final.refused(*settle(before_final, noted, "2026-05-05"), "before_it_happened")
    before_final.do(*explain(before_final, noted))
    before_final.refused(*explain(before_final, noted), "already_explained")
    before_final.do(*settle(before_final, noted))
    before_final.refused(*settle(before_final, noted), "already_settled")


def test_the_next_step_page_says_that_the_meeting_cannot_pass(before_final):
    before_final.do("issues", DISPUTE)
    page = before_final.get(f"/projects/{before_final.project}/next-step").json()
    (final,) = [step for step in page["steps"] if step["step"] == "终验"]
    rules = [finding["rule"] for finding in final["decision"]["findings"]]
    assert "veto_major_issue_or_dispute" in rules
    assert "rectify_by" in [each["name"] for each in final["brought"]]


def verify(acceptance, issue, on="2026-07-30", finding="true"):
    content = documents.word([(1, "核实结论"), (0, "原件已核对。")])
    file = acceptance.call(
        "POST", "/files", "bureau", params={"name": "核实.docx"}, content=content
    )
    body = {
        "verified_on": on,
        "finding": finding,
        "conclusion": "已核对原件",
        "file_id": file.json()["id"],
    }
    return f"/issues/{issue['id']}/verification", body


@pytest.mark.parametrize("by", ["unit", "bureau"])
def test_an_untrue_document_fails_the_final_whatever_was_ticked(before_final, bodies, by):
    before_final.do("issues", UNTRUE, by)
    view = before_final.do("final-rounds", bodies.final(rectify_by="2026-09-30"))
    assert (view["passed"], view["found"]) == (False, ["false_documents"])
    (finding,) = view["decision"]["findings"]
    assert "测评报告系伪造" in finding["fact"]["untrue"][0]


def test_no_word_of_the_unit_makes_a_document_true(before_final, bodies):
    noted = before_final.do("issues", UNTRUE, "bureau")
    before_final.refused(*explain(before_final, noted), "document_is_verified")
    before_final.refused(*settle(before_final, noted), "document_is_verified")
    before_final.refused(*verify(before_final, noted), "role_not_allowed")
    shown = before_final.do(*verify(before_final, noted), "bureau")
    assert (shown["settled_by"], shown["settlement"]) == ("bureau", "已核对原件")
    assert before_final.do("final-rounds", bodies.final())["passed"]


def test_the_bureau_verifies_documents_alone_and_once(before_final):
    noted = before_final.do("issues", DISPUTE, "bureau")
    before_final.refused(*verify(before_final, noted), "no_document_to_verify", "bureau")
    noted = before_final.do("issues", UNTRUE, "bureau")
    early = verify(before_final, noted, on="2026-07-19")
    before_final.refused(*early, "before_it_happened", "bureau")
    before_final.do(*verify(before_final, noted), "bureau")
    before_final.refused(*verify(before_final, noted), "already_settled", "bureau")


def test_a_document_found_untrue_after_the_meeting_was_so_at_it(before_final, bodies, clock):
    clock.set(2026, 8, 6)
    noted = before_final.do("issues", {**UNTRUE, "happened_on": "2026-08-05"}, "bureau")
    rules = before_final.view()["next_step"]["decision"]["findings"]
    assert "veto_false_documents" in [finding["rule"] for finding in rules]
    before_final.do(*verify(before_final, noted, on="2026-08-06"), "bureau")
    assert before_final.do("final-rounds", bodies.final())["passed"]


@pytest.mark.parametrize(("finding", "held"), [("true", []), ("replaced", ["false_documents"])])
def test_a_document_replaced_after_the_meeting_was_untrue_at_it_a_true_one_was_not(
    before_final, bodies, clock, finding, held
):
    noted = before_final.do("issues", UNTRUE, "bureau")
    clock.set(2026, 8, 5)
    before_final.do(*verify(before_final, noted, on="2026-08-04", finding=finding), "bureau")
    late = bodies.final(held_on="2026-08-03")
    if held:
        late |= {"rectify_by": "2026-09-30", "settled_yuan": None}
    assert before_final.do("final-rounds", late)["found"] == held


def test_a_document_found_untrue_fails_the_final_until_it_is_replaced(before_final, bodies):
    noted = before_final.do("issues", UNTRUE, "bureau")
    shown = before_final.do(*verify(before_final, noted, finding="untrue"), "bureau")
    assert (shown["finding"], shown["settled_on"], shown["settled_by"]) == (
        "untrue",
        None,
        "bureau",
    )
    rules = before_final.view()["next_step"]["decision"]["findings"]
    assert "veto_false_documents" in [found["rule"] for found in rules]
    early = verify(before_final, noted, on="2026-07-29", finding="replaced")
    before_final.refused(*early, "before_last_verification", "bureau")
    before_final.do(*verify(before_final, noted, finding="replaced"), "bureau")
    assert before_final.do("final-rounds", bodies.final())["passed"]


def found(verifications):
    return [(each["finding"], each["verified_on"]) for each in verifications]


def test_what_was_found_before_stays_on_record_and_is_told(before_final, bodies):
    noted = before_final.do("issues", UNTRUE)
    assert noted["verifications"] == []
    path, untrue = verify(before_final, noted, finding="untrue")
    before_final.do(path, {**untrue, "conclusion": "检测机构否认出具"}, "bureau")
    failed = before_final.do("final-rounds", bodies.final(rectify_by="2026-09-30"))
    path, replaced = verify(before_final, noted, on="2026-08-03", finding="replaced")
    shown = before_final.do(path, replaced, "bureau")
    first, last = shown["verifications"]
    assert found(shown["verifications"]) == [
        ("untrue", "2026-07-30"),
        ("replaced", "2026-08-03"),
    ]
    assert (first["recorded_by"], first["conclusion"]) == ("bureau", "检测机构否认出具")
    assert (last["recorded_by"], last["paper"]["file_id"]) == ("bureau", replaced["file_id"])
    assert first["recorded_at"].startswith("2026-08-03")
    view = before_final.view()
    assert view["issues"] == [shown]
    # The record of a final says what was known then, and no later word changes it.
    assert view["final_rounds"] == [failed]
    (document,) = failed["questioned_documents"]
    assert (document["issue_id"], document["issue"]) == (noted["id"], UNTRUE["issue"])
    assert found(document["verifications"]) == [("untrue", "2026-07-30")]
    told = before_final.published("document.verified")
    assert [(str(e.issue_id), e.finding, e.verified_by) for e in told] == [
        (noted["id"], "untrue", "bureau"),
        (noted["id"], "replaced", "bureau"),
    ]


def test_a_final_without_questioned_documents_says_so(before_final, bodies):
    before_final.do("issues", DISPUTE)
    final = before_final.do("final-rounds", bodies.final(rectify_by="2026-09-30"))
    assert final["questioned_documents"] == []


def test_the_next_step_page_asks_the_bureau_to_look_into_it(before_final):
    noted = before_final.do("issues", UNTRUE)
    page = before_final.get(f"/projects/{before_final.project}/next-step").json()
    (errand,) = page["errands"]
    assert (errand["by"], errand["about"]) == (["bureau"], "测评报告系伪造")
    assert errand["command"]["path"] == f"/api/v1/issues/{noted['id']}/verification"
    (final,) = [step for step in page["steps"] if step["step"] == "终验"]
    assert "rectify_by" in [each["name"] for each in final["brought"]]
    before_final.do(*verify(before_final, noted), "bureau")
    page = before_final.get(f"/projects/{before_final.project}/next-step").json()
    assert page["errands"] == []
