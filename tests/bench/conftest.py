"""A stage on the session's broker."""

import os

import pytest

from govproject_local.bench.stage import Stage


@pytest.fixture
def stage(request, tmp_path) -> Stage:
    if "GOVPROJECT_TEST_BENCH" not in os.environ:
        pytest.skip("optional: takes minutes (set GOVPROJECT_TEST_BENCH=1)")
    return Stage(request.getfixturevalue("broker"), tmp_path)
