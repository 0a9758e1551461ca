"""The three-party confirmation that Articles 15 and 17 ask for: what it still lacks."""

from govproject import ConstructionFacts
from govproject.terms import Party


def outstanding(facts: ConstructionFacts) -> list[str]:
    """What is still to come; where nobody supervises, experts review in the supervisor's place.

    >>> facts = ConstructionFacts.example(supervised=False, signed=["unit"])
    >>> outstanding(facts)
    ['承建单位签字', '专家评审']
    """
    needed = [party for party in Party if facts.supervised or party is not Party.SUPERVISOR]
    lacking = [f"{party.zh}签字" for party in needed if party not in facts.signed]
    if not facts.supervised and facts.expert_reviewed_on is None:
        lacking.append("专家评审")
    return lacking
