import subprocess
import sys
from pathlib import Path

import pytest

from govproject_local import ports
from govproject_local.hosted import Lease
from govproject_local.postgres import Postgres

JOIN = """
import sys, time
from pathlib import Path
from govproject_local.hosted import Lease

lease = Lease(Path(sys.argv[1]))
print(lease.peer("postgresql")["port"], flush=True)
time.sleep(600)
"""


def join(directory: Path) -> tuple["subprocess.Popen[str]", int]:
    process = subprocess.Popen(
        [sys.executable, "-c", JOIN, str(directory)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


@pytest.mark.usefixtures("postgres")  # what can be hosted once can be hosted twice
def test_one_peer_serves_all_and_outlives_each_but_the_last(tmp_path):
    first, port = join(tmp_path)
    second, same = join(tmp_path)
    assert port == same
    with first, second:
        first.kill()
        first.wait()
        assert not ports.is_free(port)
        # Killed with -9, as everything else here: the kernel gives up its share.
        second.kill()
    late = Lease(tmp_path)
    late.release()
    late.wait_until_stopped()
    assert ports.is_free(port)


@pytest.mark.usefixtures("postgres")
def test_the_last_to_leave_waits_and_cleans_up(tmp_path):
    lease = Lease(tmp_path / "peers")
    facts = lease.peer("postgresql")
    assert Postgres(Path(facts["binaries"]), Path(facts["directory"]), facts["port"]).url()
    lease.release()
    lease.wait_until_stopped()
    assert ports.is_free(facts["port"])
    assert not (tmp_path / "peers").exists()
