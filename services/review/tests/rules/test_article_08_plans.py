import pytest

from govproject import MaterialsFacts
from govproject.regulation.text import articles
from govproject.terms import ProjectKind
from govproject_review.rules.article_08_plans import (
    CRYPTO_HEADINGS,
    OPS_HEADINGS,
    SECURITY_HEADINGS,
    CryptoSection,
    OpsSection,
    SecuritySection,
    crypto_application_plan,
    network_security_plan,
    ops_plan_content,
)

WHOLE = MaterialsFacts.example().documents
OPS = {section.value: "pass" for section in OpsSection}
PLANS = [
    (crypto_application_plan, "crypto_plan", CryptoSection, CRYPTO_HEADINGS, 7),
    (network_security_plan, "network_security_plan", SecuritySection, SECURITY_HEADINGS, 9),
    (ops_plan_content, "ops_plan", OpsSection, OPS_HEADINGS, 6),
]


@pytest.mark.parametrize(("rule", "material", "sections", "headings", "count"), PLANS)
class TestSections:
    def test_they_are_those_of_the_article(self, rule, material, sections, headings, count):
        assert len(sections) == count
        assert set(headings) == set(sections)
        assert all(section.zh in articles()["8"] for section in sections)

    def test_each_is_asked_for(self, finds, rule, material, sections, headings, count):
        documents = {**WHOLE, "ops_plan": OPS}
        assert finds(rule, MaterialsFacts.example(kind="ops", documents=documents)) == ()
        for section in sections:
            for verdict, severity in (("missing", "block"), ("doubt", "warn")):
                parts = {**documents[material], section.value: verdict}
                facts = MaterialsFacts.example(kind="ops", documents={**documents, material: parts})
                (finding,) = finds(rule, facts)
                assert (finding.severity, section.zh in finding.message) == (severity, True)

    def test_the_plan_is_there(self, finds, rule, material, sections, headings, count):
        (finding,) = finds(rule, MaterialsFacts.example(kind="ops", documents={}))
        assert finding.fact == {"missing": material}


@pytest.mark.parametrize("kind", ProjectKind)
def test_who_only_operates_may_say_why_there_is_no_crypto_plan(finds, kind):
    statements = {"mobile": "none", "crypto_not_applicable": "仅续签运维服务"}
    facts = MaterialsFacts.example(kind=kind, documents={}, statements=statements)
    (finding,) = finds(crypto_application_plan, facts)
    assert finding.severity == ("warn" if kind in ("ops", "service") else "block")


@pytest.mark.parametrize("kind", ProjectKind)
def test_only_operation_has_a_plan_of_operation(finds, kind):
    found = finds(ops_plan_content, MaterialsFacts.example(kind=kind))
    assert len(found) == (kind == "ops")
