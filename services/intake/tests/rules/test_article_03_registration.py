"""Art 3: what cannot be managed in the municipal system."""

import pytest

from govproject import DeclarationFacts
from govproject.terms import ProjectScope
from govproject_intake.rules.article_03_registration import no_state_secrets


def test_a_project_with_state_secrets_is_turned_away():
    (finding,) = no_state_secrets(DeclarationFacts.example(scope="state_secrets"))
    assert finding.severity == "block"
    assert "已上传的文件和导入的表格仍在系统中" in finding.message


@pytest.mark.parametrize("scope", [None, ProjectScope.GOVERNMENT_IT, ProjectScope.OUT_OF_SCOPE])
def test_the_rest_is_not_for_this_article(scope):
    assert no_state_secrets(DeclarationFacts.example(scope=scope)) == ()
