"""Whether a text says anything, or only holds the place of one that is still to be written."""

import re

_FILLER = re.compile(
    r"本(?:章|节|部分|项|方案|项目|系统|单位)|以上|此处|内容|部分|说明"
    r"|(?:暂|有)?待(?:定|补充|完善|编写|填写|明确|确定|写)|(?:后续|以后|随后|另行|稍后)再?"
    r"|再写|补充|完善|编写|填写|更新|暂(?:缺|略|不)|不?(?:涉及|适用|需要)|没有|暂?无|略|同上"
    r"|[详参]?见(?:附件|附录|上文|下文|前文|后文|其他章节)|[xX]{2,}|TBD|TODO"
)
_SHORTEST_TEXT = 8
_FEWEST_CHARACTERS = 6
"""Different ones: 某某某某某某某某某某 says nothing."""
_SHORTEST_REASON = 4
_SHORTEST_POINT = 2


def is_text(written: str) -> bool:
    """Whether more is left of a chapter than words that stand for one still to be written.

    >>> [is_text(text) for text in ("本章内容待补充，后续再写，暂无。", "不涉及。" * 3)]
    [False, False]
    >>> is_text("服务期一年，自合同签订之日起计算。")
    True
    """
    left = _words(_FILLER.sub("", written))
    return len(left) >= _SHORTEST_TEXT and len(set(left)) >= _FEWEST_CHARACTERS


def is_reason(given: str) -> bool:
    """Whether somebody who asks why is told anything; 无 and 不涉及 tell nothing.

    >>> [is_reason(text) for text in ("无", "不涉及。", "暂无说明", "仅采购硬件")]
    [False, False, False, True]
    """
    left = _words(_FILLER.sub("", given))
    return len(_words(given)) >= _SHORTEST_REASON and len(set(left)) >= _SHORTEST_POINT


def _words(text: str) -> str:
    return "".join(re.findall(r"[^\W_]", text))
