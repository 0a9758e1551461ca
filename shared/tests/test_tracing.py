import re
import sys

import pytest

from govproject import tracing
from govproject.errors import PrerequisiteError
from govproject.tracing import Span, parse

TRACE = "0af7651916cd43dd8448eb211c80319c"
CALLER = "b7ad6b7169203331"
GIVEN = f"00-{TRACE}-{CALLER}-01"


@pytest.mark.parametrize(
    ("given", "understood"),
    [
        (GIVEN, GIVEN),
        (f"00-{TRACE}-{CALLER}-00", f"00-{TRACE}-{CALLER}-00"),
        (f"00-{TRACE}-{CALLER}-03", f"00-{TRACE}-{CALLER}-01"),
        (f"00-{TRACE}-{CALLER}-fe", f"00-{TRACE}-{CALLER}-00"),
        (f"01-{TRACE}-{CALLER}-01-more", GIVEN),
        (f"fe-{TRACE}-{CALLER}-01", GIVEN),
    ],
)
def test_a_traceparent_is_understood_and_written_in_our_version(given, understood):
    assert parse(given) == understood


@pytest.mark.parametrize(
    "given",
    [
        None,
        7,
        GIVEN.encode(),
        "",
        "nonsense",
        f"ff-{TRACE}-{CALLER}-01",
        f"00-{TRACE}-{CALLER}-01-more",
        f"00-{TRACE}-{CALLER}-01-",
        f"01-{TRACE}-{CALLER}-01x",
        f"00-{'0' * 32}-{CALLER}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-{CALLER}-01",
        f"00-{TRACE[:-1]}-{CALLER}-01",
        f"{GIVEN}\n",
        f" {GIVEN}",
        f"01-{TRACE}-{CALLER}-01-\ud800\n",
    ],
)
def test_any_other_is_dropped(given):
    assert parse(given) is None


def test_a_span_goes_on_with_the_trace_of_its_parent():
    span, sibling = Span(GIVEN), Span(GIVEN)

    assert (span.trace_id, span.flags) == (TRACE, "01")
    assert len({span.span_id, sibling.span_id, CALLER}) == 3
    assert span.traceparent == f"00-{TRACE}-{span.span_id}-01"
    assert parse(span.traceparent) == span.traceparent


def test_a_span_without_parent_begins_a_trace_that_nobody_samples():
    span = Span(None)

    assert re.fullmatch(r"00-[0-9a-f]{32}-[0-9a-f]{16}-00", span.traceparent)
    assert Span(None).trace_id != span.trace_id


def test_a_span_lets_errors_pass():
    with pytest.raises(ZeroDivisionError), Span(None):
        raise ZeroDivisionError


@pytest.mark.parametrize(
    "missing", ["opentelemetry.sdk.trace", "opentelemetry.exporter.otlp.proto.http.trace_exporter"]
)
def test_without_the_extra_an_endpoint_is_refused_in_one_line(monkeypatch, missing):
    monkeypatch.delitem(sys.modules, "govproject.otlp", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(PrerequisiteError) as caught:
        tracing.configure("intake", "0.1", "http://127.0.0.1:4318")

    assert str(caught.value) == (
        f"GOVPROJECT_OTLP_ENDPOINT is set, but {missing} is not installed: "
        "install govproject[tracing], or unset it"
    )
    assert tracing.recorder is None
