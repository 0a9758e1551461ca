"""Kinds of projects as several articles tell them apart."""

from govproject.terms import ProjectKind

SERVES = (ProjectKind.OPS, ProjectKind.SERVICE)
"""What is served; everything else is built."""
