from html.parser import HTMLParser

import pytest

from govproject.regulation.text import articles


class Page(HTMLParser):
    """What a page holds: its tags with their attributes, and the text of its cells."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture
def page(client):
    answer = client.get("/regulation")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")
    parsed = Page()
    parsed.feed(answer.text)
    parsed.close()
    return answer, parsed


def test_every_article_is_there_and_can_be_linked_to(page):
    _, parsed = page
    anchors = [attrs["id"] for tag, attrs in parsed.tags if tag == "section"]
    assert anchors == [f"a{number}" for number in articles()]
    links = [attrs["href"] for tag, attrs in parsed.tags if tag == "a"]
    assert links == ["/", *(f"#{anchor}" for anchor in anchors)]


def test_it_needs_nothing_from_elsewhere_and_runs_nothing(page):
    answer, parsed = page
    fetching = {"script", "link", "img", "iframe", "object", "embed", "video", "audio"}
    assert not fetching & {tag for tag, _ in parsed.tags}
    assert "url(" not in answer.text
    assert "@import" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_each_duty_has_a_chinese_title_first_and_its_identifier_last(page):
    answer, parsed = page
    title, quote = answer.text.index("未报备的可不予分配资源"), answer.text.index("“未在市级")
    assert title < quote < answer.text.index("<code>unfiled_may_refuse_resource</code>")
    ticks = [attrs["id"] for tag, attrs in parsed.tags if tag == "input"]
    assert [attrs["for"] for tag, attrs in parsed.tags if tag == "label"] == ticks
    assert len(ticks) == len(set(ticks)) > 44


def test_it_begins_with_what_there_is_and_ends_with_what_the_text_lacks(page):
    answer, _ = page
    assert answer.text.index("167项可单独判断的事项") < answer.text.index("第1条</h2>")
    assert answer.text.index("第44条</h2>") < answer.text.index("missing_chapter_3")


def test_it_is_open_to_everybody(page):
    answer, _ = page
    assert "第27条" in answer.text
    assert "unfiled_may_refuse_resource" in answer.text
    assert "系统不能办理" in answer.text
