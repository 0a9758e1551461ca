"""Whoever records no contract says why there is none (Art 12)."""


def test_a_project_that_records_no_contract_is_not_accepted(acceptance, events, bodies):
    acceptance.tell(events.small(), events.filed(), events.archived(classes=()))
    acceptance.plan()
    acceptance.hand_in_materials()
    body = bodies.final(settled_yuan="900000.00")
    problem = acceptance.refused("final-rounds", body)
    assert acceptance.rules(problem) == ["contract_on_record", "paid_under_contract"]
    (finding,) = [f for f in problem["findings"] if f["rule"] == "contract_on_record"]
    assert finding["article"] == "12"
    assert finding["message"] == "项目尚无合同备案记录，不能组织终验。"
    assert "请登记" in finding["remedy"]
    acceptance.do("contract-absence", {"reason": "本单位自行开发"})
    body = bodies.final(settled_yuan="0.00")
    view = acceptance.do("final-rounds", body)
    shown = {f["rule"]: f["message"] for f in view["decision"]["findings"]}
    assert view["passed"] is True
    assert shown["contract_on_record"] == "项目没有合同：本单位自行开发"
    assert acceptance.view()["no_contract_reason"] == "本单位自行开发"


def test_no_preliminary_either(acceptance, events, bodies):
    acceptance.tell(events.declared(), events.approved())
    acceptance.fix_indicators()
    problem = acceptance.refused("preliminary-rounds", bodies.preliminary())
    assert acceptance.rules(problem) == ["contract_on_record"]


def test_nobody_says_so_beside_a_contract(built):
    built.refused("contract-absence", {"reason": "无"}, "contract_recorded")


def test_it_is_said_once(acceptance, events):
    acceptance.tell(events.small())
    acceptance.do("contract-absence", {"reason": "本单位自行开发"})
    acceptance.refused("contract-absence", {"reason": "又一理由"}, "already_explained")
