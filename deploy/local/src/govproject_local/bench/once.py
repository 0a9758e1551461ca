"""`python -m govproject_local.bench.once consume ours`: one contender, for whoever makes it faster.

Prints one JSON object a run. A profiler finds the process by the end of its command line,
`bench.contender consumers.ours …`.
"""

import argparse
import json
import sys

from govproject.errors import PrerequisiteError
from govproject_local import running
from govproject_local.bench import consume, publish
from govproject_local.bench.stage import Kind, staged
from govproject_local.bench.watch import StandstillError
from govproject_local.supervisor import PREREQUISITE

PARTS = {"consume": consume.CONTENDERS, "publish": publish.CONTENDERS}


def main() -> int:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m govproject_local.bench.once")
    names = sorted({name for contenders in PARTS.values() for name in contenders})
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("contenders", choices=names, nargs="+")
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--database", type=Kind, choices=list(Kind), default=Kind.SQLITE)
    try:
        return running.run(_run(parser.parse_args()))
    except PrerequisiteError as error:
        running.say(str(error))
        return PREREQUISITE
    except StandstillError as error:
        running.say(str(error))
        return 1


async def _run(asked: argparse.Namespace) -> None:
    async with staged(kind=asked.database) as stage:
        for _ in range(asked.runs):
            for name in asked.contenders:
                measured = await PARTS[asked.part][name](stage, asked.messages)
                print(
                    json.dumps(
                        {"contender": name, **measured._asdict(), "rate": round(measured.rate)}
                    ),
                    flush=True,
                )


if __name__ == "__main__":
    sys.exit(main())
