"""`./govproject demo`: real published projects walk through the suite, and the gate answers."""

from govproject_local.demo.stage import DemoFailedError, run

__all__ = ["DemoFailedError", "run"]
