"""`python -m govproject_archive`: run the service until it is told to stop."""

from govproject.web.serve import run
from govproject_archive.app import create_app

run(create_app)
