"""`python -m govproject_intake`: run the service until it is told to stop."""

from govproject.web.serve import run
from govproject_intake.app import create_app

run(create_app)
