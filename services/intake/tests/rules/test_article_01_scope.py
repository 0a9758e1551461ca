"""Art 1: what the regulation governs."""

import pytest

from govproject import DeclarationFacts
from govproject.terms import ProjectScope
from govproject_intake.rules.article_01_scope import purpose_and_scope


@pytest.mark.parametrize("scope", [None, ProjectScope.OUT_OF_SCOPE])
def test_what_is_not_said_to_be_governed_is_turned_away(scope):
    (finding,) = purpose_and_scope(DeclarationFacts.example(scope=scope))
    assert (finding.severity, finding.fact) == ("block", {"scope": scope})


@pytest.mark.parametrize("scope", [ProjectScope.GOVERNMENT_IT, ProjectScope.STATE_SECRETS])
def test_the_rest_is_not_for_this_article(scope):
    assert purpose_and_scope(DeclarationFacts.example(scope=scope)) == ()
