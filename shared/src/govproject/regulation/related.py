"""第25条 评估结果为差的项目单位，此项目的关联项目在下一年度将不予立项: what gates find of it."""

from collections.abc import Sequence

from govproject.facts.declaring import RelatedProject
from govproject.regulation.findings import Findings, block


def poor_before(year: int, related: Sequence[RelatedProject], name: str = "") -> Findings:
    """A project on the same system was found poor in the year before, or one that may be on it.

    Args:
        year: for which it is asked.
        related: what is linked, or proposed to be.
        name: the project that is asked about, where one reads of several.
    """
    whose, beside = (f"“{name}”的", f"与“{name}”") if name else ("", "")
    for project in related:
        poor = project.poor_before(year)
        if poor is None:
            continue
        found = f"“{project.project_name}”{poor.evaluated_on.year}年度评估结果为差"
        if project.confirmed:
            yield block(
                f"{whose}关联项目{found}，{year}年度不予立项。",
                remedy=f"请先完成关联项目的整改；{year + 1}年度起可以重新申报。",
                related=project.project_name,
                evaluated_on=poor.evaluated_on.isoformat(),
            )
        else:
            yield block(
                f"{beside}系统名称相同的项目{found}，是否关联待区数据局确认。",
                remedy="请区数据局先确认关联，或认定两个项目不关联。",
                related=project.project_name,
                confirmed=False,
            )
