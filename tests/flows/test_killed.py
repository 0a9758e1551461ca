"""Services killed with -9 while work flows: nothing lost, nothing twice, in order."""

import contextlib
import threading

import httpx2
import pytest

PROJECTS = 30


def retry(call):
    """What a client does: the same request with the same key until it is answered."""
    while True:
        with contextlib.suppress(httpx2.TransportError):
            answer = call()
            if answer.status_code < 500:
                assert answer.is_success, answer.text
                return answer.json()
        threading.Event().wait(0.05)


@pytest.mark.parametrize("victim", ["intake", "cloud-alloc"])
def test_every_project_reaches_the_gate_once(people, suite, victim):
    declared = []
    declaration = people.declaration()

    def declare_and_register(number):
        project = retry(
            lambda: people.call(
                "POST",
                "intake",
                "/projects",
                "unit",
                declaration,
                key=f"{victim}-d{number}",
            )
        )
        retry(
            lambda: people.call(
                "POST",
                "intake",
                f"/projects/{project['id']}/registration",
                "bureau",
                {"city_system_ref": f"{victim}-{number:04}"},
                key=f"{victim}-r{number}",
            )
        )
        declared.append(project["id"])

    workers = [threading.Thread(target=declare_and_register, args=(n,)) for n in range(PROJECTS)]
    for number, worker in enumerate(workers):
        worker.start()
        if number in (PROJECTS // 3, 2 * PROJECTS // 3):
            suite.kill(victim)
            suite.start(victim)
    for worker in workers:
        worker.join(timeout=120)
    assert len(declared) == PROJECTS
    assert len(set(declared)) == PROJECTS

    for project in declared:
        # Two events each, taken in once and in order: a lost one would leave the cursor behind,
        # a doubled one would have been a third.
        seen = people.until(
            lambda project=project: (
                (people.standing(project) or {}).get("city_system_ref") and people.standing(project)
            )
        )
        assert seen["positions"] == {"intake": 2}
        assert seen["backlog"] == 0

    listed, cursor = [], ""
    while cursor is not None:
        page = people.get("intake", f"/projects?limit=200{cursor and '&cursor=' + cursor}")
        listed += [
            p["id"] for p in page["items"] if (p["city_system_ref"] or "").startswith(victim)
        ]
        cursor = page["next_cursor"]
    assert sorted(listed) == sorted(declared)
