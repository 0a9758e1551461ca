from govproject.regulation.citation import Citation
from govproject.regulation.text import TITLE


def test_the_regulation_is_cited_by_article_alone():
    citation = Citation("27", "2", "可不予分配基础设施资源")
    assert citation.source == TITLE
    assert citation.in_words() == "第27条"


def test_another_document_is_named():
    assert Citation("2", "", "…", source="亭财〔2026〕3号").in_words() == "亭财〔2026〕3号第2条"
