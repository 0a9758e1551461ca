import pytest

from govproject import MaterialsFacts
from govproject_review.rules.article_08_data import (
    LISTS,
    AssetColumn,
    data_resource_catalogue,
    digital_asset_catalogue,
    three_data_lists,
)

WHOLE = MaterialsFacts.example().documents


def facts(documents, **statements: object):
    return MaterialsFacts.example(documents=documents, statements={"mobile": "none", **statements})


@pytest.mark.parametrize(
    ("documents", "statements", "found"),
    [
        (WHOLE, {}, []),
        ({}, {}, ["block"]),
        ({}, {"no_data_reason": "仅采购硬件"}, ["warn"]),
        ({}, {"no_data_reason": "无"}, ["block"]),
        ({}, {"no_data_reason": "不涉及。"}, ["block"]),
        (WHOLE, {"no_data_reason": "暂无"}, ["block"]),
        (WHOLE, {"no_data_reason": "仅采购硬件"}, ["warn"]),
        ({"data_resource_catalogue": {"content": "missing"}}, {}, ["block"]),
        ({"data_resource_catalogue": {"content": "doubt"}}, {}, ["warn"]),
    ],
)
def test_data_resource_catalogue(finds, documents, statements, found):
    findings = finds(data_resource_catalogue, facts(documents, **statements))
    assert [finding.severity for finding in findings] == found


@pytest.mark.parametrize("material", LISTS)
def test_three_data_lists(finds, material):
    rest = {kind: parts for kind, parts in WHOLE.items() if kind is not material}
    (finding,) = finds(three_data_lists, facts(rest))
    assert (finding.severity, material.zh in finding.message) == ("block", True)
    assert finds(three_data_lists, facts({}, no_data_reason="仅采购硬件")) == ()

    empty = facts({**WHOLE, material: {"content": "missing"}})
    (finding,) = finds(three_data_lists, empty)
    assert finding.message == f"{material.zh}没有内容，也没有说明。"
    said = facts({**WHOLE, material: {"content": "missing"}}, empty_lists={material: "无此类数据"})
    assert finds(three_data_lists, said) == ()
    # A statement is no substitute for the list itself.
    assert len(finds(three_data_lists, facts(rest, empty_lists={material: "无"}))) == 1
    in_it = facts({**WHOLE, material: {"content": "not_applicable"}})
    assert finds(three_data_lists, in_it) == ()
    (finding,) = finds(three_data_lists, facts({**WHOLE, material: {"content": "doubt"}}))
    assert finding.severity == "warn"


def test_digital_asset_catalogue(finds):
    assert finds(digital_asset_catalogue, MaterialsFacts.example()) == ()
    assert len(finds(digital_asset_catalogue, MaterialsFacts.example(documents={}))) == 1
    whole = WHOLE["digital_asset_catalogue"]
    for column in (*AssetColumn, "content"):
        documents = {"digital_asset_catalogue": {**whole, column: "missing"}}
        (finding,) = finds(digital_asset_catalogue, facts(documents))
        assert finding.fact == {"missing": [str(column)]}
