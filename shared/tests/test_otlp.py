import logging
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span, Status

from govproject import otlp
from govproject.otlp import Recorder

PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@pytest.fixture
def received():
    """Spans by name, and the receiver's address under `url`."""
    spans: dict[str, Span] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            for group in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in group.scope_spans:
                    spans.update({span.name: span for span in scope.spans})
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield spans, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def restored():
    library = logging.getLogger("opentelemetry")
    before = list(library.handlers), library.propagate
    yield
    library.handlers[:], library.propagate = before


def closed_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return f"http://127.0.0.1:{free.getsockname()[1]}"


def test_what_ended_is_exported_at_the_latest_on_shutdown(received):
    spans, url = received
    recorder = Recorder("intake", "0.1", url)
    with recorder.start("outer", "SERVER", PARENT, {"a": 1}) as outer:
        with recorder.start("inner", "CONSUMER", outer.traceparent, {}, links=[outer]) as inner:
            inner.note({"b": "two"}, name="renamed")
        with (
            pytest.raises(ZeroDivisionError),
            recorder.start("failing", "PRODUCER", outer.traceparent, {}),
        ):
            raise ZeroDivisionError
    with recorder.start("root", "CLIENT", None, {}, began=17):
        pass
    recorder.shutdown()

    assert spans.keys() == {"outer", "renamed", "failing", "root"}
    assert outer.traceparent.startswith(PARENT[:36])
    assert outer.traceparent.endswith("-01")
    assert spans["outer"].parent_span_id.hex() == PARENT[36:52]
    assert spans["outer"].span_id.hex() == outer.span_id
    assert spans["renamed"].parent_span_id.hex() == outer.span_id
    assert spans["renamed"].links[0].span_id.hex() == outer.span_id
    assert spans["renamed"].attributes[0].key == "b"
    assert spans["failing"].status.code == Status.STATUS_CODE_ERROR
    assert spans["failing"].attributes[0].value.string_value == "ZeroDivisionError"
    assert spans["root"].parent_span_id == b""
    assert spans["root"].start_time_unix_nano == 17


def test_what_is_not_sampled_has_ids_and_is_not_exported(received):
    spans, url = received
    recorder = Recorder("intake", "0.1", url)
    with recorder.start("quiet", "SERVER", f"{PARENT[:-1]}0", {}) as quiet:
        quiet.note({"a": 1}, name="renamed")
        quiet.fail("500")
    recorder.shutdown()

    assert spans == {}
    assert quiet.traceparent.startswith(PARENT[:36])
    assert quiet.traceparent.endswith("-00")
    assert quiet.span_id != PARENT[36:52]


def test_a_receiver_that_is_away_costs_one_warning(caplog):
    recorder = Recorder("intake", "0.1", closed_port())
    for _ in range(1200):  # more than two batches
        with recorder.start("span", "SERVER", None, {}):
            pass
    recorder.shutdown()

    [warning] = [one for one in caplog.records if one.name.startswith(("govp", "open"))]
    assert (warning.levelname, warning.exc_info) == ("WARNING", None)
    assert warning.getMessage().startswith("tracing: ")


def test_a_receiver_that_never_answers_does_not_hold_up_the_end(monkeypatch):
    monkeypatch.setattr(otlp, "_SHUTDOWN_SECONDS", 0.2)
    monkeypatch.setattr(otlp, "_EXPORT_SECONDS", 60.0)
    before = set(threading.enumerate())
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        recorder = Recorder("intake", "0.1", f"http://127.0.0.1:{deaf.getsockname()[1]}")
        with recorder.start("span", "SERVER", None, {}):
            pass
        recorder.shutdown()
        # It is still being waited for, by a thread that does not keep the process alive.
        last = set(threading.enumerate()) - before
        assert "last spans" in {thread.name for thread in last}
        assert {thread.daemon for thread in last} == {True}
    for thread in last:
        thread.join(30)
