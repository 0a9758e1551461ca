"""第18条 ……若项目实施后产生资金结余，须按规定及时将结余资金全额上缴财政。

The sentence begins 在项目建设目标、建设内容不作调整的前提下: a filed change of content takes the
project out of it. What is left then is shown to who accepts, with its amount.
"""

from govproject import AcceptanceFacts, Citation, Findings, RulePack, rule, warn
from govproject.regulation.duty import Duty
from govproject.terms import AcceptanceStage
from govproject_acceptance.rules.accepted import Accepted

CITATION = Citation("18", "3", "须按规定及时将结余资金全额上缴财政")


def return_surplus(accepted: Accepted, pack: RulePack) -> Duty | None:
    """What was approved and not paid goes back to the treasury; no day is named (及时).

    >>> from datetime import date
    >>> from decimal import Decimal
    >>> from govproject.regulation.pack import pack
    >>> accepted = Accepted.example(date(2026, 8, 3), surplus_yuan=Decimal("500.00"))
    >>> return_surplus(accepted, pack("tinghu-2025")).task
    '将结余资金500.00元全额上缴财政'
    """
    if accepted.content_changed or not accepted.surplus_yuan:
        return None
    return Duty(
        "return_surplus", CITATION, f"将结余资金{accepted.surplus_yuan}元全额上缴财政", period=None
    )


@rule("acceptance", article="18", clause="3", quote="在项目建设目标、建设内容不作调整的前提下")
def surplus_after_changed_content(facts: AcceptanceFacts) -> Findings:
    """A changed content lays down no duty of itself, and lets no surplus go by unseen.

    >>> from decimal import Decimal
    >>> paid = {"funds_yuan": Decimal("1200000.00"), "settled_yuan": Decimal("1100000.00")}
    >>> facts = AcceptanceFacts.example(content_changed=True, **paid)
    >>> [finding.message for finding in surplus_after_changed_content(facts)]
    ['资金结余100000.00元，因建设内容已作调整，系统未自动登记上缴义务。']
    """
    if facts.stage is not AcceptanceStage.FINAL or facts.settled_yuan is None:
        return
    left = (facts.funds_yuan or 0) - facts.settled_yuan
    if facts.content_changed and left > 0:
        yield warn(
            f"资金结余{left}元，因建设内容已作调整，系统未自动登记上缴义务。",
            remedy="请区数据局和财政部门核定结余资金是否上缴；由变更减少的建设内容形成的，应予上缴。",
            left_yuan=str(left),
        )
