import pytest

from govproject_acceptance.rules.article_12_contract import contract_on_record


@pytest.mark.parametrize(
    ("stage", "contracts", "reason", "found"),
    [
        ("preliminary", 0, None, ["block"]),
        ("lot", 0, None, ["block"]),
        ("final", 0, None, ["block"]),
        ("final", 0, "本单位自行开发", ["warn"]),
        ("preliminary", 0, "本单位自行开发", ["warn"]),
        ("final", 1, None, []),
        ("final", 2, "本单位自行开发", []),
        ("kick_off", 0, None, []),
        ("completion", 0, None, []),
        ("trial", 0, None, []),
    ],
)
def test_contract_on_record(severities, stage, contracts, reason, found):
    facts = {"stage": stage, "contracts": contracts, "no_contract_reason": reason}
    assert severities(contract_on_record, **facts) == found
