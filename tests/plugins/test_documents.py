"""The examples in the documents are the real thing: they load as plugins and do what they say."""

import re

import pytest

from govproject import AllocationFacts, Resources, plugins
from govproject.gates import ALLOCATION
from govproject_local.paths import ROOT

SAMPLE = ROOT / "deploy/local/src/govproject_local/demo/samples/plugins/sample_department.py"
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def blocks(name):
    return BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_readme_shows_the_plugin_that_the_demo_deploys(name):
    assert blocks(name) == [SAMPLE.read_text(encoding="utf-8")]


def test_the_sample_refuses_with_its_own_citation():
    (check,) = plugins.load([], folder=SAMPLE.parent, installed=False).checks(ALLOCATION.hook)
    (finding,) = check.function(AllocationFacts.example(requested=Resources(public_ips=5)))
    assert (finding.source, finding.article) == ("示例部门〔2026〕3号", "2")
    assert check.function(AllocationFacts.example(requested=Resources(public_ips=4))) == ()


def test_the_written_rule_is_as_the_page_says(tmp_path):
    (source,) = blocks("docs/write-a-rule.md")
    (tmp_path / "memory.py").write_text(source, encoding="utf-8")
    (check,) = plugins.load([], folder=tmp_path, installed=False).checks(ALLOCATION.hook)
    (finding,) = check.function(AllocationFacts.example(requested=Resources(memory_gib=600)))
    assert finding.message == "项目内存合计超过512GiB。"
    assert finding.relief == "exception"
    assert check.function(AllocationFacts.example(requested=Resources(memory_gib=512))) == ()
