"""第2条：移动端功能集成到市级统一移动门户，终验核查。"""

import pytest

from govproject_acceptance.rules.article_02_mobile import mobile_into_city_portal

FULL, FILING = {"track": "full_process"}, {"track": "filing"}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"mobile_declared": "none"}, []),
        ({"mobile_declared": "none", "mobile_found": "none"}, []),
        ({"mobile_declared": "none", "mobile_found": "in_portal"}, ["warn"]),
        ({"mobile_declared": "none", "mobile_found": "not_in_portal"}, ["block"]),
        ({"mobile_declared": "city_portal"}, ["block"]),
        ({"mobile_declared": "city_portal", "mobile_found": "in_portal"}, []),
        ({"mobile_declared": "city_portal", "mobile_found": "none"}, ["warn"]),
        ({"mobile_declared": "city_portal", "mobile_found": "not_in_portal"}, ["block"]),
        # A client that an exception allows does not release from the portal.
        ({"mobile_declared": "own_client"}, ["block"]),
        ({"mobile_declared": "own_client", "mobile_found": "in_portal"}, []),
        ({"mobile_declared": "own_client", "mobile_found": "not_in_portal"}, ["block"]),
        # An older build said nothing: pointed out, and what was found counts all the same.
        ({"mobile_declared": None, **FULL}, ["warn"]),
        ({"mobile_declared": None, **FULL, "mobile_found": "none"}, []),
        ({"mobile_declared": None, **FULL, "mobile_found": "not_in_portal"}, ["block"]),
        # The filing track has no pre-review in which anybody would say so.
        ({"mobile_declared": None, **FILING}, []),
        ({"mobile_declared": None, **FILING, "mobile_found": "not_in_portal"}, ["block"]),
        ({"mobile_declared": "city_portal", "stage": "preliminary"}, []),
        ({"mobile_declared": "city_portal", "stage": "trial"}, []),
    ],
)
def test_mobile_into_city_portal(severities, facts, expected):
    assert severities(mobile_into_city_portal, **facts) == expected
