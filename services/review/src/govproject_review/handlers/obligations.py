"""The duty that follows from approval (Art 11)."""

from govproject.contracts.review import OBLIGATIONS
from govproject.obligations.keeping import Keeper
from govproject_review.rules.article_11_approval import filing_form_10_workdays

KEEPER = Keeper(events=OBLIGATIONS, proven_by_file=frozenset({filing_form_10_workdays.__name__}))
