"""第8条 编制数据资源目录，对本项目产生的数据，形成共享清单、开放清单、授权运营清单。

编制数字资产目录，形成数字资产明细表或清单，列明数字资产类型、属性、数量、协议、是否具备共享条件等。
"""

from govproject import Findings, MaterialsFacts, block, rule, warn
from govproject.terms import DocumentVerdict, PreReviewMaterial, Term
from govproject.wording import is_reason
from govproject_review.rules.whole import in_doubt, lacking, verdict, whole

CATALOGUE = PreReviewMaterial.DATA_RESOURCE_CATALOGUE
ASSETS = PreReviewMaterial.DIGITAL_ASSET_CATALOGUE
LISTS = (
    PreReviewMaterial.SHARING_LIST,
    PreReviewMaterial.OPENING_LIST,
    PreReviewMaterial.AUTHORIZED_OPERATION_LIST,
)
CONTENT = "content"


class AssetColumn(Term):
    """What is said of each digital asset."""

    ASSET_TYPE = "asset_type", "数字资产类型"
    ATTRIBUTE = "attribute", "属性"
    QUANTITY = "quantity", "数量"
    PROTOCOL = "protocol", "协议"
    SHAREABLE = "shareable", "是否具备共享条件"


ASSET_HEADINGS: dict[str, tuple[str, ...]] = {
    AssetColumn.ASSET_TYPE: ("类型", "类别"),
    AssetColumn.ATTRIBUTE: ("属性",),
    AssetColumn.QUANTITY: ("数量",),
    AssetColumn.PROTOCOL: ("协议",),
    AssetColumn.SHAREABLE: ("共享",),
}


@rule("materials", article="8", clause="3", quote="编制数据资源目录")
def data_resource_catalogue(facts: MaterialsFacts) -> Findings:
    """A project that produces data has a catalogue of it; one that does not says why.

    >>> facts = MaterialsFacts.example(documents={})
    >>> [finding.message for finding in data_resource_catalogue(facts)]
    ['预审材料缺少数据资源目录。']
    >>> facts = MaterialsFacts.example(documents={}, statements={"no_data_reason": "无"})
    >>> [finding.message for finding in data_resource_catalogue(facts)]
    ['项目声明不产生数据，所写理由“无”没有说明原因。']
    """
    reason = facts.statements.no_data_reason
    if reason is None:
        yield from whole(facts, CATALOGUE, {CONTENT: "数据资源条目"})
        return
    given = [each.zh for each in (CATALOGUE, *LISTS) if each in facts.documents]
    if not is_reason(reason):
        yield block(
            f"项目声明不产生数据，所写理由“{reason}”没有说明原因。",
            remedy="请写明项目为何不产生数据；产生数据的，请上传数据资源目录和三张清单。",
            no_data_reason=reason,
        )
    elif given:
        yield warn(
            f"项目声明不产生数据，又上传了{'、'.join(given)}。",
            remedy="请项目单位说明，请区数据局预审时人工核对。",
            no_data_reason=reason,
        )
    else:
        yield warn(
            f"项目声明不产生数据，未上传数据资源目录和三张清单，所写理由：“{reason}”。",
            remedy="请区数据局预审时核对所述理由。",
            no_data_reason=reason,
        )


@rule("materials", article="8", clause="4", quote="形成共享清单、开放清单、授权运营清单")
def three_data_lists(facts: MaterialsFacts) -> Findings:
    """All three lists are there; an empty one says so.

    >>> documents = {**MaterialsFacts.example().documents, "opening_list": {"content": "missing"}}
    >>> [f.message for f in three_data_lists(MaterialsFacts.example(documents=documents))]
    ['开放清单没有内容，也没有说明。']
    """
    if facts.statements.no_data_reason is not None:
        return
    for material in LISTS:
        if material not in facts.documents:
            yield from lacking(facts, material)
        elif (
            verdict(facts, material, CONTENT) is DocumentVerdict.MISSING
            and material not in facts.statements.empty_lists
        ):
            yield block(
                f"{material.zh}没有内容，也没有说明。",
                remedy=f"请填写{material.zh}；确无有关数据的，请在清单中或提交时写明。",
                material=material.value,
            )
        yield from in_doubt(facts, material, {CONTENT: "清单条目"})


@rule(
    "materials",
    article="8",
    clause="5",
    quote="列明数字资产类型、属性、数量、协议、是否具备共享条件等",
)
def digital_asset_catalogue(facts: MaterialsFacts) -> Findings:
    """Five columns, and at least one asset.

    >>> seen = {**MaterialsFacts.example().documents["digital_asset_catalogue"]}
    >>> documents = {"digital_asset_catalogue": {**seen, "protocol": "missing"}}
    >>> [f.message for f in digital_asset_catalogue(MaterialsFacts.example(documents=documents))]
    ['数字资产目录缺少以下内容：协议。']
    """
    columns = {each.value: each.zh for each in AssetColumn}
    yield from whole(facts, ASSETS, columns | {CONTENT: "数字资产条目"})
