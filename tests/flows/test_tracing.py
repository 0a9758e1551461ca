"""One trace through the running suite: into every log, and as spans to a real receiver."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from govproject.terms import FilingCondition
from govproject_local import documents

FOLLOWERS = ("review", "acceptance", "archive", "cloud-alloc")
CALLER = "b7ad6b7169203331"


class Receiver:
    """Takes in spans by OTLP/HTTP, as any tracing system does."""

    def __init__(self) -> None:
        self.spans: list[tuple[str, Span]] = []
        received = self.spans

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                request = ExportTraceServiceRequest.FromString(body)
                for group in request.resource_spans:
                    resource = attributes_of(group.resource)
                    assert resource["service.namespace"] == "govproject"
                    for scope in group.scope_spans:
                        received.extend((resource["service.name"], span) for span in scope.spans)
                self.send_response(200 if self.path == "/v1/traces" else 404)
                self.send_header("Content-Type", "application/x-protobuf")
                self.end_headers()
                self.wfile.write(ExportTraceServiceResponse().SerializeToString())

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def of(self, trace: str) -> list[tuple[str, Span]]:
        return [(name, span) for name, span in list(self.spans) if span.trace_id.hex() == trace]


def attributes_of(span) -> dict[str, object]:
    return {one.key: getattr(one.value, one.value.WhichOneof("value")) for one in span.attributes}


@pytest.fixture(scope="module")
def receiver() -> Iterator[Receiver]:
    with Receiver() as receiver, pytest.MonkeyPatch.context() as environment:
        environment.setenv("GOVPROJECT_OTLP_ENDPOINT", receiver.url)
        environment.setenv("GOVPROJECT_LOG_LEVEL", "debug")
        yield receiver


@pytest.fixture(scope="module")
def suite(receiver, suite):
    """The five services, which export their spans."""
    return suite


@pytest.fixture
def logged(suite):
    """Log lines of one service that belong to a trace."""

    def logged(service, trace):
        text = (suite.suite.directory / "logs" / f"{service}.log").read_text(encoding="utf-8")
        whole = text.rpartition("\n")[0].splitlines()  # the last one may be half written
        lines = [json.loads(line) for line in whole if trace in line]
        return [line for line in lines if line.get("trace_id") == trace]

    return logged


@pytest.fixture
def traced(suite, people):
    """Sends a request as part of a trace."""

    def traced(trace, path, who, body, flags="01"):
        answer = people.http.post(
            f"{suite.url('intake')}/api/v1{path}",
            json=body,
            headers={
                "Authorization": f"Bearer {suite.token(who)}",
                "traceparent": f"00-{trace}-{CALLER}-{flags}",
                "X-Request-ID": f"request-{trace[:4]}",
            },
        )
        assert answer.is_success, answer.text
        return answer.json()

    return traced


def applied(lines):
    return [line for line in lines if line["event"] == "event applied"]


def test_one_trace_is_in_the_logs_of_all_and_connected_in_the_receiver(
    people, receiver, logged, traced
):
    trace = "0af7651916cd43dd8448eb211c80319c"
    traced(trace, "/projects", "unit", people.declaration())
    people.until(lambda: all(applied(logged(name, trace)) for name in FOLLOWERS))
    people.until(lambda: len(receiver.of(trace)) >= 2 + len(FOLLOWERS))

    [request] = [line for line in logged("intake", trace) if line["event"] == "request"]
    assert request["request_id"] == "request-0af7"
    spans = receiver.of(trace)
    [(_, server)] = [one for one in spans if one[1].kind == Span.SPAN_KIND_SERVER]
    [(sender, send)] = [one for one in spans if one[1].kind == Span.SPAN_KIND_PRODUCER]
    processes = {name: one for name, one in spans if one.kind == Span.SPAN_KIND_CONSUMER}
    assert len(spans) == 2 + len(FOLLOWERS)

    assert server.parent_span_id.hex() == CALLER
    assert server.span_id.hex() == request["span_id"]
    assert server.name == "POST /api/v1/projects"
    assert (
        attributes_of(server).items()
        >= {
            "http.request.method": "POST",
            "http.route": "/api/v1/projects",
            "http.response.status_code": 201,
            "url.path": "/api/v1/projects",
            "url.scheme": "http",
        }.items()
    )

    destination = "govproject.intake:project.declared.v1."
    assert sender == "intake"
    assert send.parent_span_id == server.span_id
    assert send.name == f"send {destination}{{slot}}"
    sent = attributes_of(send)
    assert sent["messaging.system"] == "rabbitmq"
    assert sent["messaging.operation.type"] == "send"
    assert str(sent["messaging.destination.name"]).startswith(destination)

    assert set(processes) == set(FOLLOWERS)
    for name, process in processes.items():
        [line] = applied(logged(name, trace))
        assert line["span_id"] == process.span_id.hex()
        assert line["request_id"] == "request-0af7"
        assert process.parent_span_id == send.span_id
        assert process.name == f"process {destination}{{slot}}"
        handled = attributes_of(process)
        queue = f"govproject.{name}.t1.0"
        assert handled["messaging.message.id"] == sent["messaging.message.id"] == line["event_id"]
        assert handled["messaging.destination.name"] == (
            f"{sent['messaging.destination.name']}:{queue}"
        )
        people.until(lambda process=process: receiver.of(process.links[0].trace_id.hex()))
        [(who, receive)] = receiver.of(process.links[0].trace_id.hex())
        assert (who, receive.name) == (name, f"receive {queue}")
        assert attributes_of(receive)["messaging.batch.message_count"] >= 1
    assert all(span.status.code != Status.STATUS_CODE_ERROR for _, span in spans)


def test_what_a_handler_publishes_goes_on_with_the_trace(people, receiver, traced):
    project = people.post("intake", "/projects", "unit", people.declaration())["id"]
    filing = {
        "internal_review_on": "2026-08-01",
        "internal_review_record_file_id": people.hand_in(
            "论证记录.docx", documents.internal_review()
        ),
        "conditions": {each.value: False for each in FilingCondition},
    }
    people.post("intake", f"/projects/{project}/filings", "unit", filing)
    trace = "1af7651916cd43dd8448eb211c80319c"
    contract = {
        "contractor": "某公司",
        "amount_yuan": "290000.00",
        "award_notice_on": "2026-08-03",
        "contract_filed_on": "2026-08-10",
        "free_ops_months": 36,
        **documents.CONTRACT_TERMS,
    }
    traced(trace, f"/projects/{project}/contracts", "unit", contract)

    news = ("file_class.due", "obligation.opened")
    expected = {f"send govproject.archive:{name}.v1.{{slot}}" for name in news}

    def sent():
        spans = receiver.of(trace)
        found = [s for name, s in spans if name == "archive" and s.name.startswith("send ")]
        return found if {send.name for send in found} == expected else None

    sends = people.until(sent)
    [cause] = [s for name, s in receiver.of(trace) if name == "archive" and s.kind == 5]
    assert cause.name == "process govproject.intake:contract.recorded.v1.{slot}"
    assert {send.parent_span_id for send in sends} == {cause.span_id}


def test_a_trace_that_is_not_sampled_is_in_the_logs_only(people, receiver, logged, traced):
    trace = "2af7651916cd43dd8448eb211c80319c"
    traced(trace, "/projects", "unit", people.declaration(), flags="00")
    people.until(lambda: all(applied(logged(name, trace)) for name in FOLLOWERS))
    # Spans of a later request have come: those of this one would have, too.
    later = "3af7651916cd43dd8448eb211c80319c"
    traced(later, "/projects", "unit", people.declaration())
    people.until(lambda: len(receiver.of(later)) >= 2 + len(FOLLOWERS))

    assert receiver.of(trace) == []
