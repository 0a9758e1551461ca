"""第18条 ……若项目实施后产生资金结余，须按规定及时将结余资金全额上缴财政。

The sentence begins 在项目建设目标、建设内容不作调整的前提下: a filed change of content takes the
project out of it.
"""

from govproject import Citation, RulePack
from govproject.regulation.duty import Duty
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
