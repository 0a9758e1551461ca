"""`python -m govproject_acceptance`: run the service until it is told to stop."""

from govproject.web.serve import run
from govproject_acceptance.app import create_app

run(create_app)
