"""Migrations of the shared tables, oldest first by number."""
