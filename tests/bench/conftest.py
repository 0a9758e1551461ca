"""A stage on the session's broker."""

import pytest

from govproject_local.bench.stage import Stage


@pytest.fixture
def stage(broker, tmp_path) -> Stage:
    return Stage(broker, tmp_path)
