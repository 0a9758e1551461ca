"""What is paid without a contract says for what and why (Arts 12, 18)."""

import pytest

MEETING = {"settled_yuan": "900000.00"}


def payment(acceptance, **changes: object):
    body = {"amount_yuan": "899999.00", "reason": "按工单支付研发人员劳务费"}
    return body | {"file_id": acceptance.handed_in(), **changes}


def refusal(acceptance, body):
    (found,) = [
        finding
        for finding in acceptance.refused("final-rounds", body)["findings"]
        if (finding["rule"], finding["severity"]) == ("paid_under_contract", "block")
    ]
    assert (found["article"], found["clause"]) == ("12", "2")
    assert "请登记所缺的合同" in found["remedy"]
    return found


@pytest.mark.parametrize("contracted", ["1.00"])
def test_a_token_contract_does_not_cover_the_whole_amount(small, bodies):
    """One contract of 1元 was on record and 90万 were paid; nobody asked on what."""
    found = refusal(small, bodies.final(**MEETING))
    assert "900000.00元超出已登记合同金额合计1.00元" in found["message"]
    small.do("uncontracted-payments", payment(small, amount_yuan="100000.00"))
    assert "已说明理由的为100000.00元" in refusal(small, bodies.final(**MEETING))["message"]
    kept = small.do("uncontracted-payments", payment(small, amount_yuan="799999.00"))
    assert small.view()["uncontracted_payments"][-1] == kept
    view = small.do("final-rounds", bodies.final(**MEETING))
    shown = {f["rule"]: f for f in view["decision"]["findings"]}["paid_under_contract"]
    assert (view["passed"], shown["severity"]) == (True, "warn")
    assert "按工单支付研发人员劳务费" in shown["message"]


def test_nor_does_a_sentence_that_there_is_none(acceptance, events, bodies):
    acceptance.tell(events.small(), events.filed(), events.archived(classes=()))
    acceptance.plan()
    acceptance.hand_in_materials()
    acceptance.do("contract-absence", {"reason": "本单位自行开发"})
    refusal(acceptance, bodies.final(**MEETING))
    acceptance.do("uncontracted-payments", payment(acceptance, amount_yuan="900000.00"))
    assert acceptance.do("final-rounds", bodies.final(**MEETING))["passed"] is True


@pytest.mark.parametrize("contracted", ["890000.00"])
def test_supervision_and_tests_count(small, events, bodies):
    refusal(small, bodies.final(**MEETING))
    small.tell(events.contract(subject="supervision", amount_yuan="10000.00"), events.archived())
    assert small.do("final-rounds", bodies.final(**MEETING))["passed"] is True


def test_a_preliminary_is_shown_the_reasons(built, bodies):
    built.do("uncontracted-payments", payment(built))
    view = built.do("preliminary-rounds", bodies.preliminary())
    (shown,) = view["decision"]["findings"]
    assert (shown["rule"], shown["severity"]) == ("paid_under_contract", "warn")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"amount_yuan": "0.00"}, "invalid_request"),
        ({"reason": " "}, "invalid_request"),
        ({"file_id": "00000000-0000-0000-0000-000000000005"}, "file_unknown"),
    ],
)
def test_a_payment_says_how_much_and_why(built, changes, code):
    built.refused("uncontracted-payments", payment(built, **changes), code)


def test_nothing_is_explained_afterwards(accepted):
    accepted.refused("uncontracted-payments", payment(accepted), "already_accepted")
