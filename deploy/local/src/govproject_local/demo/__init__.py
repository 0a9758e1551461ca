"""`./govproject demo`: real published projects walk through the suite, and the gate answers."""

from govproject_local.demo.stage import run

__all__ = ["run"]
