"""第32条 及时处置上级部门、区网络安全主管部门以及自主发现的网络安全隐患和事件，切实保障网络安全。

“及时” has no number of days: whoever hands out resources sees what is open, and decides.
"""

from govproject import AllocationFacts, Findings, rule, warn


@rule(
    "allocation",
    article="32",
    clause="4",
    quote="及时处置上级部门、区网络安全主管部门以及自主发现的网络安全隐患和事件",
)
def incident_handling(facts: AllocationFacts) -> Findings:
    """What is open is shown with every decision.

    >>> facts = AllocationFacts.example(open_incidents=["弱口令"])
    >>> [finding.message for finding in incident_handling(facts)]
    ['项目有1项网络安全隐患或事件尚未处置：弱口令。']
    """
    if facts.open_incidents:
        yield warn(
            f"项目有{len(facts.open_incidents)}项网络安全隐患或事件尚未处置："
            f"{'；'.join(text.rstrip('。') for text in facts.open_incidents)}。",
            remedy="请项目单位及时处置并登记处置结果；云平台可据此决定是否先行隔离。",
            open_incidents=list(facts.open_incidents),
        )
