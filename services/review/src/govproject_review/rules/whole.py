"""What the rules of Art 8 ask of every document: that it is there, with all of its parts."""

from collections.abc import Mapping

from govproject import Findings, MaterialsFacts, block, warn
from govproject.terms import DocumentVerdict, PreReviewMaterial


def lacking(facts: MaterialsFacts, material: PreReviewMaterial) -> Findings:
    """The document has not been handed in."""
    if material not in facts.documents:
        yield block(
            f"预审材料缺少{material.zh}。",
            remedy=f"请上传{material.zh}后重新提交。",
            missing=material.value,
        )


def whole(facts: MaterialsFacts, material: PreReviewMaterial, parts: Mapping[str, str]) -> Findings:
    """The document is there with its parts; one that cannot be told is for people to judge.

    Args:
        facts: what the gate knows.
        material: which document.
        parts: what it must contain, each with its Chinese name.
    """
    if material not in facts.documents:
        yield from lacking(facts, material)
        return
    missing = _with(facts, material, parts, DocumentVerdict.MISSING)
    if missing:
        yield block(
            f"{material.zh}缺少以下内容：{_names(missing, parts)}。",
            remedy=f"请在{material.zh}中写明后重新上传；文字材料请以标题分章编写。",
            missing=missing,
        )
    yield from in_doubt(facts, material, parts)


def in_doubt(
    facts: MaterialsFacts, material: PreReviewMaterial, parts: Mapping[str, str]
) -> Findings:
    """Parts that could not be told."""
    doubtful = _with(facts, material, parts, DocumentVerdict.DOUBT)
    if doubtful:
        yield warn(
            f"{material.zh}的以下内容未能自动核对：{_names(doubtful, parts)}。",
            remedy="请区数据局预审时人工核对；使用带文字的文件，按标题分章或按表格填写，可以自动核对。",
            doubtful=doubtful,
        )


def verdict(facts: MaterialsFacts, material: PreReviewMaterial, part: str) -> DocumentVerdict:
    """What was seen of one part; what nobody looked for is missing."""
    return facts.documents.get(material, {}).get(part, DocumentVerdict.MISSING)


def _with(
    facts: MaterialsFacts,
    material: PreReviewMaterial,
    parts: Mapping[str, str],
    wanted: DocumentVerdict,
) -> list[str]:
    return [part for part in parts if verdict(facts, material, part) is wanted]


def _names(found: list[str], parts: Mapping[str, str]) -> str:
    return "、".join(parts[part] for part in found)
