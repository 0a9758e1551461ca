"""Proves from outside that messaging keeps its promises while everything it rests on is killed."""

from govproject_local.chaos import report
from govproject_local.chaos.keeper import NotUpError
from govproject_local.chaos.mutants import MUTANTS
from govproject_local.chaos.outcome import Asked, Outcome
from govproject_local.chaos.run import run

__all__ = ["MUTANTS", "Asked", "NotUpError", "Outcome", "report", "run"]
