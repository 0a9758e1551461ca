"""A department's rule at this gate: it adds a refusal, and cannot take one away."""

import pytest

PLUGIN = """
from govproject import AllocationFacts, Findings, block, rule

@rule("allocation", source="示例部门〔2026〕3号", article="2", quote="一次申请公网IP不得超过1个")
def at_most_one_public_ip(facts: AllocationFacts) -> Findings:
    if facts.requested.public_ips > 1:
        yield block("一次申请公网IP超过1个。", remedy="请分批申请。")
    if facts.requested.vcpus == 13:
        raise RuntimeError("不吉利")
"""


@pytest.fixture
def settings(settings, tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()
    (folder / "finance-bureau.py").write_text(PLUGIN, encoding="utf-8")
    return settings.model_copy(update={"plugins_dir": folder})


def test_a_department_refuses_with_its_own_citation(gate, refusals):
    gate.in_good_standing()
    view = gate.ask(public_ips=2)
    assert refusals(view) == [("at_most_one_public_ip", "2")]
    assert view["decision"]["findings"][0]["source"] == "示例部门〔2026〕3号"
    gate.granted(public_ips=1)


def test_a_department_does_not_hear_for_the_others(gate, refusals):
    gate.hear()
    assert refusals(gate.ask(public_ips=2)) == [
        ("at_most_one_public_ip", "2"),
        ("no_registration_no_resource", "3"),
    ]


def test_a_broken_rule_refuses_until_the_bureau_decides(gate, refusals):
    gate.in_good_standing()
    view = gate.ask(vcpus=13)
    finding = view["decision"]["findings"][0]
    assert refusals(view) == [(finding["rule"], "2")]
    assert finding["rule"].startswith("no_answer.finance-bureau.")
    scraped = gate.http.get("/metrics").text
    assert 'govproject_rule_failures_total{plugin="finance-bureau"' in scraped
    gate.decide(finding["rule"])
    assert gate.done(f"/allocations/{view['id']}/reconsideration")["state"] == "granted"
