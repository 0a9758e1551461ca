"""The duty that follows from approval (Art 11)."""

from govproject.contracts.review import OBLIGATIONS
from govproject.obligations.keeping import Keeper

KEEPER = Keeper(events=OBLIGATIONS)
