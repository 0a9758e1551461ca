"""What Prometheus scrapes. Each app has a registry of its own, so several can share a process."""

from http import HTTPMethod

from fastapi import APIRouter, Request
from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder
from starlette.responses import Response

from govproject.plugins import Check
from govproject.regulation.findings import Decision

_METHODS = frozenset(HTTPMethod)


class Metrics:
    """The registry of one service and the counters that requests and decisions feed."""

    def __init__(self, service: str) -> None:
        self.registry = CollectorRegistry()
        self._service = service
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "govproject_http_requests",
            "HTTP requests answered.",
            ["service", "method", "route", "status"],
            registry=self.registry,
        )
        self._seconds = Histogram(
            "govproject_http_request_duration_seconds",
            "Time from the request's first byte to the answer's last.",
            ["service", "method", "route"],
            registry=self.registry,
        )
        self._decisions = Counter(
            "govproject_decisions",
            "Decisions taken at gates, what-if questions not counted.",
            ["gate", "outcome"],
            registry=self.registry,
        )
        self._rule_failures = Counter(
            "govproject_rule_failures",
            "Rules that gave no usable answer, which refuses.",
            ["plugin", "rule"],
            registry=self.registry,
        )

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request. `route` is the template, so that labels stay few."""
        known = method if method in _METHODS else "other"
        self._requests.labels(self._service, known, route, str(status)).inc()
        self._seconds.labels(self._service, known, route).observe(seconds)

    def decision(self, decision: Decision) -> None:
        """Count one decision."""
        self._decisions.labels(decision.gate, decision.outcome).inc()

    def rule_failure(self, check: Check, _why: str) -> None:
        """Count one rule that failed; the reason is in the log."""
        self._rule_failures.labels(check.plugin, check.rule).inc()


router = APIRouter(include_in_schema=False)


@router.get("/metrics")
def metrics(request: Request) -> Response:
    """Answer a scrape, in a worker thread: collectors read the database."""
    encode, content_type = choose_encoder(request.headers.get("accept", ""))
    registry = request.app.state.runtime.metrics.registry
    return Response(encode(registry), media_type=None, headers={"Content-Type": content_type})
