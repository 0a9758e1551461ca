"""Small real documents for demonstrations, tests and practice: what a unit would hand in."""

import io
from collections.abc import Iterable
from functools import cache

import docx

Block = tuple[int, str]
"""Level and text: 1 for a chapter's heading, 2 for one below it; 0 for body text."""

CONTRACT_TERMS: dict[str, object] = {
    "clauses": {
        "ip_ownership": "第3页",
        "data_property": "第3页",
        "data_security": "第4页",
        "confidentiality": "第4页",
        "maintenance_years": "第5页",
    },
    "maintenance": {"scope": "第5页", "period": "第5页", "responsibility": "第6页"},
    "confidentiality_need": "none",
}
"""What a lawful construction contract settles, and where (Arts 13, 31)."""


def word(blocks: Iterable[Block]) -> bytes:
    """A Word document of headings and paragraphs."""
    document = docx.Document()
    for level, text in blocks:
        if level:
            document.add_heading(text, level)
        else:
            document.add_paragraph(text)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


@cache
def application_form() -> bytes:
    """A declaration's form (Art 5)."""
    return word([(1, "项目申报表"), (0, "项目名称、项目单位、预算金额等见本表各栏。")])


@cache
def implementation_plan() -> bytes:
    """An implementation plan with the four parts that Art 5 names."""
    return word(
        [
            (1, "一、项目建设依据"),
            (0, "依据区政府会议纪要和上级业务主管部门关于本项业务的工作要求建设。"),
            (1, "二、建设目标"),
            (0, "实现有关业务全程网上办理，数据与区大数据平台共享交换。"),
            (1, "三、建设内容"),
            (0, "建设业务受理、审核、统计三个模块，部署在区政务云。"),
            (1, "四、资金估算"),
            (0, "软件开发费、网络安全费、第三方测评费等合计，详见申报表。"),
        ]
    )


@cache
def service_requirements() -> bytes:
    """What a unit wants of an operator, and a contract of the period before (Art 5)."""
    return word([(1, "服务需求"), (0, "系统日常运维、安全巡检和故障处置，服务期一年。")])


@cache
def prior_contract() -> bytes:
    """The contract of the period before (Art 5)."""
    return word([(1, "运维服务合同"), (0, "甲乙双方就系统运维服务订立本合同，服务期一年。")])


@cache
def policy_basis() -> bytes:
    """The minutes on which a project rests (Art 5)."""
    return word([(1, "会议纪要"), (0, "会议研究同意开展项目前期工作，列入下一年度计划申报。")])


@cache
def internal_review() -> bytes:
    """The record of a unit's own technical review (Art 26)."""
    return word([(1, "内部技术审查及论证记录"), (0, "经审查论证，建设方案可行，一致同意通过。")])


_SERVES = ("ops", "service")


def materials(kind: str) -> dict[str, tuple[str, bytes]]:
    """What is handed in with a declaration of this kind of project.

    Returns:
        For each kind of material a file's name and content.
    """
    every = {
        "application_form": ("项目申报表.docx", application_form()),
        "policy_basis": ("会议纪要.docx", policy_basis()),
    }
    if kind in _SERVES:
        return every | {
            "service_requirements": ("服务需求.docx", service_requirements()),
            "prior_contract": ("上一期合同.docx", prior_contract()),
        }
    return every | {"implementation_plan": ("项目实施方案.docx", implementation_plan())}
