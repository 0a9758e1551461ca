from govproject import FilingFacts
from govproject_intake.rules.article_27_filing import file_before_acceptance


def test_a_registered_project_can_be_filed():
    assert file_before_acceptance(FilingFacts.example(city_system_ref="320902-2026-0001")) == ()


def test_a_project_outside_of_the_municipal_system_cannot():
    (finding,) = file_before_acceptance(FilingFacts.example(city_system_ref=None))
    assert (finding.rule, finding.article, finding.severity, finding.relief) == (
        "file_before_acceptance",
        "27",
        "block",
        "none",
    )
