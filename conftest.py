"""Real programs (broker, databases, the running suite) for every test of the workspace."""

from importlib.util import find_spec

from hypothesis import settings

pytest_plugins = ["govproject_local.pytest_plugin", "govproject_local.pytest_peers"]

_BENCH = "deploy/local/src/govproject_local/bench"
_NEEDS = {
    "celery": "consumers/celery_worker.py",
    "dramatiq": "consumers/dramatiq_worker.py",
    "matplotlib": "plots.py",
}
# What only `./govproject bench` installs: without it these modules cannot be read for doctests.
collect_ignore = [f"{_BENCH}/{path}" for package, path in _NEEDS.items() if not find_spec(package)]

# How long an example takes says how busy the machine is: a pause of 0.2 s is no wrong answer.
settings.register_profile("govproject", deadline=None)
settings.load_profile("govproject")
