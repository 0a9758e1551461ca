"""The account, at the end of a test run, of the real programs that did not run, and why.

A test names what it needs with `@pytest.mark.peer("name")`; using a peer's fixture says it too.
"""

import os
from collections import Counter

import pytest

from govproject_local.hosted import ALL

# Which peer a test needs that uses the fixture.
FIXTURES = {
    "broker": "rabbitmq",
    "postgres": "postgresql",
    "prometheus_binaries": "prometheus",
    "browser": "chromium",
    "asyncapi_parser_place": "asyncapi",
}
PROPERTY = "govproject_peer"
# How a test's reason begins that is skipped for want of optional data, not of a program.
OPTIONAL = "optional:"


class Account:
    """Counts tests that were skipped though they need a real program."""

    def __init__(self) -> None:
        # By peer and reason.
        self.missing: Counter[tuple[str, str]] = Counter()

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Note each test's peers where its reports carry them, also out of a worker."""
        for item in items:
            marked = {mark.args[0] for mark in item.iter_markers("peer")}
            fixtures: list[str] = getattr(item, "fixturenames", [])
            used = {FIXTURES[name] for name in fixtures if name in FIXTURES}
            item.user_properties.extend((PROPERTY, peer) for peer in sorted(marked | used))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a skipped test; its reason is all that is known of the peer."""
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            if reason.startswith(OPTIONAL):
                return
            for name, peer in report.user_properties:
                if name == PROPERTY:
                    self.missing[str(peer), reason] += 1

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Under `test --all`, what did not run is a failure."""
        if self.missing and ALL in os.environ and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the account."""
        terminalreporter.section("real programs that did not run")
        for (peer, reason), count in sorted(self.missing.items()):
            terminalreporter.line(f"{peer}: {count} tests skipped: {reason}")
        if not self.missing:
            terminalreporter.line("none")


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker and the account."""
    config.addinivalue_line("markers", "peer(name): needs this real program")
    config.pluginmanager.register(Account(), "govproject-peers")
