"""One door for built-in and departments' plugins, and what does not get through it."""

import sys
from importlib.metadata import EntryPoint
from textwrap import dedent
from types import ModuleType
from typing import Any

import pytest

from govproject import Findings, plugins, rule
from govproject.facts import AllocationFacts
from govproject.plugins import PluginError, load

RULE = """
    from govproject import AllocationFacts, Findings, block, rule

    @rule("allocation", source="亭财〔2026〕3号", article="2", quote="须核实")
    def {name}(facts: AllocationFacts) -> Findings:
        yield block("须核实。", remedy="请附测算表。")
"""


@rule("allocation", article="3", quote="不予分配")
def built_in_rule(facts: AllocationFacts) -> Findings:
    yield from ()


@pytest.fixture
def built_in():
    module = ModuleType("govproject_example.rules.article_03")
    vars(module)["built_in_rule"] = built_in_rule
    return module


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "plugins"
    folder.mkdir()
    return folder


@pytest.fixture
def write(folder):
    def write(name: str, source: str) -> None:
        (folder / name).write_text(dedent(source), encoding="utf-8")

    yield write
    for path in folder.glob("*.py"):
        sys.modules.pop(f"govproject_plugin_{path.stem}", None)


@pytest.fixture
def refused(folder):
    """Loads the folder, which must be refused, and answers with the sentence."""

    def refused() -> str:
        with pytest.raises(PluginError) as caught:
            load((), folder=folder, installed=False)
        sentence = str(caught.value)
        assert "\n" not in sentence
        return sentence

    return refused


def rules(loaded: plugins.Plugins, hook: str = "check_allocation") -> list[tuple[str, str]]:
    return [(check.plugin, check.rule) for check in loaded.checks(hook)]


def test_built_in_rules_come_first_then_installed_ones_then_the_folders(
    built_in, folder, write, tmp_path, monkeypatch
):
    for name in ("zebra", "aardvark"):
        source = dedent(RULE.format(name=f"rule_of_{name}"))
        (tmp_path / f"installed_{name}.py").write_text(source, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    entries = [
        EntryPoint(f"{name}-bureau", f"installed_{name}", "govproject.plugins")
        for name in ("zebra", "aardvark")
    ]

    def installed(*, group: str) -> list[EntryPoint]:
        return [entry for entry in entries if entry.group == group]

    monkeypatch.setattr(plugins, "entry_points", installed)
    write("b_second.py", RULE.format(name="second"))
    write("a_first.py", RULE.format(name="first"))
    loaded = load((built_in,), folder=folder)
    assert rules(loaded) == [
        ("govproject_example.rules.article_03", "built_in_rule"),
        ("aardvark-bureau", "rule_of_aardvark"),
        ("zebra-bureau", "rule_of_zebra"),
        ("a_first", "first"),
        ("b_second", "second"),
    ]
    assert loaded.names == tuple(plugin for plugin, _ in rules(loaded))
    assert rules(load((built_in,), folder=folder, installed=False)) == [
        ("govproject_example.rules.article_03", "built_in_rule"),
        ("a_first", "first"),
        ("b_second", "second"),
    ]


def test_only_python_files_without_an_underscore_are_plugins(folder, write):
    write("_helper.py", "raise RuntimeError('not a plugin')")
    write("notes.txt", "not Python at all")
    (folder / "package").mkdir()
    assert load((), folder=folder, installed=False).names == ()


def test_what_a_check_knows_of_its_rule(folder, write):
    write("finance.py", RULE.format(name="checked"))
    (check,) = load((), folder=folder, installed=False).checks("check_allocation")
    assert check.info is not None
    assert check.info.citation.in_words() == "亭财〔2026〕3号第2条"
    assert check.arguments == ("facts",)
    (finding,) = check.function(facts=AllocationFacts.example())
    assert (finding.rule, finding.message) == ("checked", "须核实。")


def test_a_check_without_a_citation_is_refused(write, refused):
    write(
        "plain.py",
        """
        from govproject import hookimpl

        @hookimpl
        def check_filing(pack, facts):
            return ()
        """,
    )
    assert "check_filing answers check_filing without @rule" in refused()


OWN = """
    from govproject import block, rule

    @rule("allocation", {source}article="3", quote="{quote}")
    def {name}(facts):
        yield block("不准。", remedy="请整改。")
"""


def test_words_that_the_regulation_does_not_say_are_refused(write, refused):
    write("ours.py", OWN.format(source="", quote="此句不在细则中", name="invented"))
    assert "invented quotes words that Article 3 does not say" in refused()


def test_the_regulations_own_words_may_be_quoted(folder, write):
    write("ours.py", OWN.format(source="", quote="将不予分配基础设施资源", name="stricter"))
    (check,) = load((), folder=folder, installed=False).checks("check_allocation")
    assert check.rule == "stricter"


def test_a_department_cannot_pass_for_the_suite(write, refused):
    write("govproject_ours.py", OWN.format(source="", quote="将不予分配", name="stricter"))
    assert "names that begin with govproject_ are the suite's own" in refused()


def test_a_rule_that_stands_twice_is_refused(write, refused):
    own = OWN.format(source='source="亭财〔2026〕3号", ', quote="……", name="twice")
    write("first.py", own)
    write("second.py", own)
    assert "plugin second: first already brings a rule twice for the gate allocation" in refused()


def test_a_plugin_can_be_written_with_dataclasses_and_postponed_annotations(folder, write):
    write(
        "typed.py",
        """
        from __future__ import annotations

        from dataclasses import dataclass

        from pydantic import BaseModel

        from govproject import AllocationFacts, Findings, block, rule

        @dataclass
        class Limit:
            vcpus: int = 64

        class Options(BaseModel):
            limit: Limit = Limit()

        @rule("allocation", source="亭财〔2026〕3号", article="2", quote="不得超过64核")
        def at_most(facts: AllocationFacts) -> Findings:
            if facts.requested.vcpus > Options().limit.vcpus:
                yield block("超过64核。", remedy="请拆分申请。")
        """,
    )
    (check,) = load((), folder=folder, installed=False).checks("check_allocation")
    assert len(check.function(facts=AllocationFacts.example(requested={"vcpus": 65}))) == 1
    assert check.function(facts=AllocationFacts.example(requested={"vcpus": 64})) == ()


def test_the_adapter_deployed_last_answers_and_one_without_an_answer_passes_on(folder, write):
    adapter = """
        from govproject import hookimpl

        @hookimpl
        def municipal_registry(registration):
            return {answer!r}
    """
    write("a_city.py", adapter.format(answer="from the first"))
    write("b_city.py", adapter.format(answer="from the last"))
    adapters = load((), folder=folder, installed=False).adapters
    assert adapters.municipal_registry(registration=None) == "from the last"
    write("c_city.py", adapter.format(answer=None))
    adapters = load((), folder=folder, installed=False).adapters
    assert adapters.municipal_registry(registration=None) == "from the last"


@pytest.mark.parametrize(
    "trick",
    ["wrapper=True", "hookwrapper=True", "tryfirst=True", "trylast=True", "optionalhook=True"],
)
@pytest.mark.parametrize(
    "hook", ["check_allocation(facts)", "municipal_registry(registration)"], ids=["rule", "adapter"]
)
def test_a_trick_that_could_silence_others_is_refused(write, refused, trick, hook):
    write(
        "sly.py",
        f"""
        from govproject import hookimpl

        @hookimpl({trick})
        def {hook}:
            yield
        """,
    )
    sentence = refused()
    assert "plugin sly" in sentence
    assert f"uses {trick.removesuffix('=True')}, which could silence other rules" in sentence


@pytest.mark.parametrize(
    ("source", "because"),
    [
        (
            """
            from govproject import hookimpl

            @hookimpl
            def check_allocations(facts):
                return ()
            """,
            "plugin faulty does not fit the hooks: unknown hook 'check_allocations'",
        ),
        (
            """
            from govproject import rule

            @rule("allocatoin", article="3", quote="不予分配")
            def misspelt(facts):
                yield from ()
            """,
            "plugin faulty: there is no gate 'allocatoin' for misspelt; the gates are",
        ),
        (
            """
            from govproject import rule

            @rule("allocation", article="3", quote="不予分配")
            def curious(facts, session):
                yield from ()
            """,
            "Argument(s) {'session'} are declared in the hookimpl but can not be found",
        ),
        (
            "def broken(:",
            "plugin faulty.py cannot be imported: SyntaxError: invalid syntax (faulty.py, line 1)",
        ),
        (
            "import a_module_that_nobody_has",
            "plugin faulty.py cannot be imported: ModuleNotFoundError: No module named",
        ),
        (
            "import sys; sys.exit('good bye\\nworld')",
            "plugin faulty.py cannot be imported: SystemExit: good bye world",
        ),
        (
            """
            def check_allocation(facts):
                return ()
            """,
            "plugin faulty brings no rule and no adapter; decorate its functions with @rule or",
        ),
    ],
    ids=[
        "unknown hook",
        "unknown gate",
        "unknown argument",
        "syntax error",
        "import error",
        "exit",
        "nothing",
    ],
)
def test_a_faulty_plugin_is_refused_with_one_sentence(write, refused, source, because):
    write("faulty.py", source)
    assert because in refused()
    if "imported" in because:
        assert "govproject_plugin_faulty" not in sys.modules


def test_a_file_that_is_no_text_is_refused(folder, refused):
    (folder / "binary.py").write_bytes(b"\xff\xfe\0")
    assert "plugin binary.py cannot be imported" in refused()


def test_one_faulty_plugin_refuses_the_whole_set(write, refused):
    write("a_good.py", RULE.format(name="good"))
    write("b_bad.py", "raise RuntimeError('今天不行')")
    assert refused() == "plugin b_bad.py cannot be imported: RuntimeError: 今天不行"


def test_a_folder_that_is_missing_or_none_is_refused(tmp_path, refused, folder):
    folder.rmdir()
    assert refused() == f"the plugins folder {folder} is not a folder"
    folder.touch()
    assert refused() == f"the plugins folder {folder} is not a folder"


def test_a_plugin_cannot_take_the_name_of_another(built_in, folder, write):
    write("govproject_example.rules.article_03.py", RULE.format(name="usurper"))
    with pytest.raises(PluginError, match="names that begin with govproject_"):
        load((built_in,), folder=folder, installed=False)


def test_an_installed_plugin_that_does_not_import_is_named_by_its_entry(monkeypatch):
    entry = EntryPoint("finance-bureau", "no_such_module", plugins.ENTRY_POINTS)
    monkeypatch.setattr(plugins, "entry_points", lambda **_: [entry])
    with pytest.raises(PluginError, match="plugin finance-bureau cannot be imported"):
        load(())


def test_nothing_is_loaded_where_nothing_is(monkeypatch):
    nothing: list[Any] = []
    monkeypatch.setattr(plugins, "entry_points", lambda **_: nothing)
    loaded = load(())
    assert (loaded.names, rules(loaded)) == ((), [])
