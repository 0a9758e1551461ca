"""What `import govproject` gives a department's plugin."""

from inspect import cleandoc

import govproject


def test_every_name_on_offer_is_there():
    assert all(hasattr(govproject, name) for name in govproject.__all__)
    assert govproject.__all__ == sorted(govproject.__all__)


def test_the_ten_line_rule_of_the_docstring_works():
    source = (govproject.__doc__ or "").split("::\n", 1)[1].rsplit("\n\nThe same", 1)[0]
    module: dict[str, object] = {}
    exec(compile(cleandoc(source), "example", "exec"), module)  # noqa: S102  # our own
    check = module["at_most_64_vcpus"]
    assert callable(check)
    facts = govproject.AllocationFacts.example(requested={"vcpus": 65})
    (finding,) = check(facts)
    assert (finding.rule, finding.source, finding.fact) == (
        "at_most_64_vcpus",
        "亭财〔2026〕3号",
        {"vcpus": 65},
    )
    assert check(govproject.AllocationFacts.example(requested={"vcpus": 64})) == ()
