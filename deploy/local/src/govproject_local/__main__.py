"""`python -m govproject_local`, which the wrapper calls."""

from govproject_local.cli import main

main()
