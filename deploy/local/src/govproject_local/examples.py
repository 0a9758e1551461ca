"""Example messages: one for every event, the same each time, made by the code that makes real ones.

The values are made up; texts read like what officials write.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from types import UnionType
from typing import Any, Union, get_args, get_origin
from uuid import NAMESPACE_URL, UUID, uuid5

from govproject.clock import SHANGHAI
from govproject.contracts import Event
from govproject.contracts.intake import EvaluationResult
from govproject.messaging.envelope import Envelope, type_of
from govproject.messaging.heartbeat import Heartbeat
from govproject.messaging.topology import SLOTS
from govproject.resources import Resources
from govproject.terms import EvaluationGrade

MOMENT = datetime(2026, 8, 3, 9, 30, tzinfo=SHANGHAI)

_PROJECT = UUID("0198a0c0-0000-7000-8000-000000000001")
_SEQUENCE = 3

HEARTBEAT = Heartbeat(MOMENT, (_SEQUENCE,) * SLOTS)

_VALUES: Mapping[type, Any] = {
    str: "示例",
    bool: True,
    int: 5,
    Decimal: Decimal("300000.00"),
    date: MOMENT.date(),
    datetime: MOMENT,
    EvaluationResult: EvaluationResult(grade=EvaluationGrade.GOOD, evaluated_on=date(2025, 6, 30)),
    Resources: Resources(vcpus=8, memory_gib=16, storage_gib=200),
}
# Where the type alone would make an example that misleads.
_BY_NAME: Mapping[str, Any] = {
    "approval_number": "亭数据审〔2026〕12号",
    "approver": "区数据局",
    "articles": ("3", "27"),
    "attended": 5,
    "city_system_ref": "YC-2026-0042",
    "contractor": "某信息技术有限公司",
    "document": "亭数据函〔2026〕7号",
    "free_ops_months": 24,
    "handover_number": "YJ-2026-018",
    "plan_year": 2026,
    "project_code": "TH-2026-0031",
    "project_name": "区级公共数据平台升级",
    "report_number": "BG-2026-009",
    "round": 1,
    "rule": "no_registration_no_resource",
    "rule_pack": "tinghu-2025",
    "trigger": "approval_reply",
    "unit": "区政务服务中心",
}


def event(contract: type[Event]) -> Event:
    """An event of this contract."""
    fields = {
        name: _value(contract, name, field.annotation)
        for name, field in contract.model_fields.items()
    }
    return contract(**fields | {"project_id": _PROJECT})


def envelope(contract: type[Event]) -> Envelope:
    """The event as a message, on its way in a trace."""
    example = event(contract)
    return Envelope(
        event_id=_id(contract, "ce-id"),
        source=contract.source,
        ce_type=type_of(contract),
        aggregate_type=contract.aggregate_type,
        aggregate_id=example.aggregate_id,
        aggregate_seq=_SEQUENCE,
        time=MOMENT,
        body=example.model_dump_json().encode(),
        request_id="req-0198a0c1",
        traceparent=f"00-{'4bf92f35' * 4}-{'00f067aa' * 2}-01",
    )


def _value(contract: type[Event], name: str, kind: Any) -> Any:
    if get_origin(kind) is tuple:
        default = (_value(contract, name.removesuffix("s"), get_args(kind)[0]),)
        return _BY_NAME.get(name, default)
    if get_origin(kind) in (Union, UnionType):
        return _value(contract, name, get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind))
    if kind is UUID:
        return _id(contract, name)
    return _BY_NAME.get(name, _VALUES[kind])


def _id(contract: type[Event], name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"{type_of(contract)}/{name}")
