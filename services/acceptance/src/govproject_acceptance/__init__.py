"""Preliminary acceptance, trial operation, final acceptance and what follows (Arts 18-20, 28)."""
