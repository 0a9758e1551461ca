"""`python -m govproject_review`: run the service until it is told to stop."""

from govproject.web.serve import run
from govproject_review.app import create_app

run(create_app)
