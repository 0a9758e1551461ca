import pytest

from govproject import ContractFacts
from govproject_intake.rules.article_12_supervision import supervisor_does_not_build

BUILDER, OTHER = "盐城软件公司", "盐城监理公司"


@pytest.mark.parametrize(
    ("given", "blocks"),
    [
        ({"contractor": BUILDER}, 0),
        ({"contractor": BUILDER, "supervisor": OTHER}, 0),
        ({"contractor": BUILDER, "supervisor": BUILDER}, 1),
        ({"contractor": BUILDER, "supervisor": "盐城软件 公司"}, 1),
        ({"contractor": BUILDER, "supervisor": "亭湖区教育局"}, 1),
        ({"contractor": BUILDER, "supervisor": f"{BUILDER}亭湖分公司"}, 1),
        ({"contractor": f"{BUILDER}研发中心", "supervisor": BUILDER}, 1),
        ({"contractor": BUILDER, "supervisor": "区教育局信息中心"}, 1),
        ({"contractor": BUILDER, "supervisor": "亭湖区卫健委信息中心"}, 0),
        ({"contractor": f"{BUILDER}亭湖分公司", "supervising": [BUILDER]}, 1),
        ({"contractor": "盐城工学院信息中心", "supervisor": "盐城工学院"}, 1),
        ({"contractor": "盐城工学院", "supervisor": "盐城工学院信息中心"}, 1),
        ({"contractor": "盐城工学院信息中心", "supervisor": "盐城师范学院"}, 0),
        ({"contractor": "盐城工学院信息中心", "supervising": ["盐城工学院"]}, 1),
        ({"contractor": OTHER, "subject": "supervision", "building": [BUILDER]}, 0),
        ({"contractor": BUILDER, "subject": "supervision", "building": [BUILDER]}, 1),
        ({"contractor": BUILDER, "supervising": [BUILDER]}, 1),
        ({"contractor": BUILDER, "supervising": [BUILDER], "subject": "test"}, 0),
        ({"contractor": BUILDER, "supervising": [BUILDER], "subject": "service"}, 0),
        ({"contractor": BUILDER, "supervising": [BUILDER], "subject": "goods"}, 1),
        ({"contractor": "第三方", "building": [BUILDER], "supervising": [BUILDER]}, 0),
        ({}, 0),
    ],
)
def test_who_supervises_does_not_build(given, blocks):
    found = supervisor_does_not_build(ContractFacts.example(unit="亭湖区教育局", **given))
    assert [(each.article, each.severity, each.relief) for each in found] == [
        ("12", "block", "none")
    ] * blocks
    assert all("另行委托" in each.remedy for each in found)
