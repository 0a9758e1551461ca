import subprocess
import sys

from govproject_local import ports

PLACE = range(19000, 19040)  # where no other test looks
PICK = f"""
from govproject_local import ports
ports.BELOW_EPHEMERAL = {PLACE!r}
print(*ports.pick(10), ports.pick_base(5), flush=True)
input()
"""


def test_two_processes_and_two_calls_never_pick_the_same(monkeypatch):
    monkeypatch.setattr(ports, "BELOW_EPHEMERAL", PLACE)
    with subprocess.Popen(
        [sys.executable, "-c", PICK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        *theirs, base = map(int, other.stdout.readline().split())
        taken = {*theirs, *range(base + 1, base + 6)}
        assert len(taken) == 15
        ours = ports.pick(len(PLACE))
        assert taken.isdisjoint(ours)
        assert ports.pick(1) == []
        other.communicate("")
    assert taken.isdisjoint(ports._picked)
    assert set(ports.pick(len(PLACE))) == taken & set(PLACE)
