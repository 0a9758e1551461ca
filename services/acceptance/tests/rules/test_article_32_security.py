import pytest

from govproject.terms import SecurityMeasure
from govproject_acceptance.rules.article_32_security import (
    security_funds_provided,
    security_measures,
    security_system_and_duty,
)


@pytest.mark.parametrize(
    ("facts", "missing"),
    [
        ({"security_rules": None}, ["网络安全管理制度"]),
        ({"security_body": None}, ["网络安全责任部门"]),
        ({"security_officer": None}, ["网络安全责任人员"]),
        (
            {"security_rules": None, "security_body": None, "security_officer": None},
            ["网络安全管理制度", "网络安全责任部门", "网络安全责任人员"],
        ),
    ],
)
def test_security_system_and_duty(findings, facts, missing):
    (finding,) = findings(security_system_and_duty, **facts)
    assert (finding.severity, finding.fact) == ("block", {"missing": missing})


@pytest.mark.parametrize("measure", SecurityMeasure)
def test_every_measure_must_be_carried_out(findings, measure):
    others = tuple(other for other in SecurityMeasure if other is not measure)
    (finding,) = findings(security_measures, measures=others)
    assert (finding.severity, finding.fact) == ("block", {"missing": [measure.value]})
    assert measure.zh in finding.message


def test_there_are_seven_measures(findings):
    (finding,) = findings(security_measures, measures=())
    assert len(finding.fact["missing"]) == 7
    assert security_measures.__name__ == finding.rule


@pytest.mark.parametrize(
    "rule", [security_funds_provided, security_measures, security_system_and_duty]
)
def test_what_is_in_order(severities, rule):
    assert severities(rule) == []


@pytest.mark.parametrize(("funds", "found"), [(None, ["block"]), ("0", ["block"]), ("0.01", [])])
def test_security_funds_provided(severities, funds, found):
    assert severities(security_funds_provided, security_funds_yuan=funds) == found
