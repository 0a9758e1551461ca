"""Migrations of the review service's tables, oldest first by number."""
