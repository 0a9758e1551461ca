"""What a spot check looks at (Art 29). Values only."""

from pydantic import BaseModel, ConfigDict

from govproject.fields import Flag, LongText
from govproject.terms import Term


class CheckItem(Term):
    """The four things that a spot check covers (Art 29)."""

    DELIVERY = "delivery", "项目落地建设"
    RESOURCES = "resources", "资源集约利用"
    DATA_SHARING = "data_sharing", "数据共享落地"
    SECURITY = "security", "安全建设落实"


class ItemFinding(BaseModel):
    """What was found on one of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    in_order: Flag
    finding: LongText
