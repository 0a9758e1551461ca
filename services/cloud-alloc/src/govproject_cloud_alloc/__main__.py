"""`python -m govproject_cloud_alloc`: run the service until it is told to stop."""

from govproject.web.serve import run
from govproject_cloud_alloc.app import create_app

run(create_app)
