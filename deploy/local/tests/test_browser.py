FIELD = """<input><script>
setTimeout(() => document.querySelector("input").focus(), 300)
</script>"""


def test_what_is_typed_waits_for_a_field_that_has_the_focus(browser, tmp_path):
    page = tmp_path / "page.html"
    page.write_text(FIELD, encoding="utf-8")
    browser.open(page.as_uri())
    browser.type("你好")
    assert browser._value("document.querySelector('input').value") == "你好"
