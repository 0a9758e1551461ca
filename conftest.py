"""Real programs (broker, databases, the running suite) for every test of the workspace."""

pytest_plugins = ["govproject_local.pytest_plugin", "govproject_local.pytest_peers"]
