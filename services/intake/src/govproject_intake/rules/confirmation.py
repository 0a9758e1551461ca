"""The three-party confirmation of Articles 15 and 17: what it lacks, and who signs twice."""

from govproject import ConstructionFacts
from govproject.names import person
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


def signed_for(facts: ConstructionFacts) -> list[str]:
    """The parties for which the signer has signed before.

    >>> facts = ConstructionFacts.example(signer="赵 六", signers={"unit": "赵六"})
    >>> signed_for(facts)
    ['项目单位']
    """
    if facts.signer is None:
        return []
    return [p.zh for p, name in facts.signers.items() if person(name) == person(facts.signer)]
