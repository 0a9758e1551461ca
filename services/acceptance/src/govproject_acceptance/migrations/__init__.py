"""Alembic scripts that make and change the tables of this service."""
