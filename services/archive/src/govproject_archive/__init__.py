"""File classes, volumes, hand-over and the archive check (Arts 35-42)."""
