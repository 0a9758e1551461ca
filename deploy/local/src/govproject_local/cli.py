"""The commands of `./govproject`.

Exit codes: 0 ok, 1 the thing checked failed, 2 wrong usage or a missing prerequisite.
"""

import asyncio
import json
import logging
import shlex
import sys
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from govproject import identity
from govproject.errors import PrerequisiteError
from govproject.persistence import migrate as persistence_migrate
from govproject_local import (
    asyncapi,
    chaos,
    checks,
    demo,
    doctor,
    events,
    ledger,
    locks,
    migrations,
    published,
    reference,
    running,
    testing,
)
from govproject_local.bench import command
from govproject_local.bench import report as reports
from govproject_local.bench.stage import Kind
from govproject_local.bench.watch import StandstillError
from govproject_local.logs import Terminal
from govproject_local.paths import ROOT
from govproject_local.suite import PORT_BASE, SERVICES, Suite, module
from govproject_local.supervisor import PREREQUISITE

app = typer.Typer(
    help="政务信息化项目全周期管理套件: five services, one gate; every refusal cites its article.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.add_typer(events.app, name="events")

Data = Annotated[Path, typer.Option(help="The suite's data directory.")]
PortBase = Annotated[
    int, typer.Option(min=1024, max=65000, help="Services listen on base+1 … base+5.")
]
Broker = Annotated[
    str | None,
    typer.Option(
        envvar="GOVPROJECT_AMQP_URL",
        help="Use this broker (amqp://… or amqps://…) instead of a private one. {service} in it"
        " becomes each service's name, e.g. amqps://{service}@host/govproject with the passwords in"
        " GOVPROJECT_BROKER_PASSWORD_INTAKE, …_REVIEW, and so on.",
    ),
]
DatabaseTemplate = Annotated[
    str | None,
    typer.Option(
        help="Database address with {service} in it, e.g."
        " postgresql+psycopg://user@host/govproject_{service}. SQLite files by default.",
    ),
]


@app.command()
def up(
    data: Data = Path("data"),
    port_base: PortBase = PORT_BASE,
    broker: Broker = None,
    database: DatabaseTemplate = None,
) -> None:
    """Run the five services until Ctrl-C."""
    console = Console(soft_wrap=True, highlight=False)
    suite = Suite(
        data,
        port_base,
        broker_url=broker,
        database=database,
        on_line=Terminal(console, SERVICES),
        progress=running.say,
    )
    raise typer.Exit(running.run(_up(suite, console)))


@app.command("demo")
def play(data: Data = Path("data"), port_base: PortBase = PORT_BASE, broker: Broker = None) -> None:
    """Walk twelve real projects through the suite."""
    try:
        code = running.run(demo.run(data, port_base, broker_url=broker))
    except demo.DemoFailedError as error:
        running.say(str(error))
        code = 1
    raise typer.Exit(code)


async def _up(suite: Suite, console: Console) -> None:
    async with suite:
        for service in SERVICES:
            console.print(f"{service:>11} | {suite.url(service)}")
        tokens = f"./govproject token NAME --data {shlex.quote(str(suite.directory))}"
        console.print(f"{'tokens':>11} | {tokens}")
        if suite.broker_hint is not None:
            console.print(f"{'broker':>11} | {suite.broker_hint}")
        console.print("ready")
        raise await suite.first_lasting_failure()


@app.command()
def token(
    name: Annotated[
        str, typer.Argument(help="A local account, e.g. unit, bureau, portal, or expert:NAME.")
    ],
    data: Data = Path("data"),
    unit: Annotated[
        str | None, typer.Option(help="Act for this project unit (account `unit` only).")
    ] = None,
    ttl: Annotated[float, typer.Option(min=0.01, help="Hours that the token is valid.")] = 12,
) -> None:
    """Print a bearer token of a local account."""
    directory = data / "identity"
    if not directory.exists():
        raise PrerequisiteError(
            f"{data} has no local accounts: run ./govproject up --data {data} first,"
            " or name another directory with --data"
        )
    print(identity.mint(directory, name, unit, timedelta(hours=ttl)))


@app.command("doctor")
def examine(data: Data = Path("data"), port_base: PortBase = PORT_BASE) -> None:
    """Say what this machine has and lacks for running the suite."""
    console = Console(soft_wrap=True, highlight=False)
    findings = list(doctor.examine(data, port_base))
    for finding in findings:
        mark = "[red]no[/red]" if finding.remedy else "[green]ok[/green]"
        remedy = f": {finding.remedy}" if finding.remedy else ""
        console.print(f"{mark} {finding.subject:<11} {finding.state}{remedy}")
    raise typer.Exit(1 if any(finding.remedy for finding in findings) else 0)


@app.command()
def migrate(data: Data = Path("data"), database: DatabaseTemplate = None) -> None:
    """Bring the five databases to the tables that the code expects."""
    migrations.migrate(Suite(data, database=database))


@app.command("test", context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run_tests(
    context: typer.Context,
    everything: Annotated[
        bool, typer.Option("--all", help="Fetch every real program; fail if one did not run.")
    ] = False,
) -> None:
    """Run the tests; what follows goes to pytest."""
    testing.test(context.args, everything=everything)


benchmarks = typer.Typer(help="Measure the suite beside its limits and its peers.")
app.add_typer(benchmarks, name="bench", no_args_is_help=True)


@benchmarks.command("events")
def bench_events(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    quick: Annotated[
        bool, typer.Option("--quick", help="Two minutes instead of fifteen; numbers mean little.")
    ] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Also write docs/performance.md, its JSON and plots.")
    ] = False,
    database: Annotated[Kind, typer.Option(help="Under all contenders.")] = Kind.SQLITE,
) -> None:
    """Consume, publish, latency, growth and memory of the messaging."""
    try:
        code = running.run(command.events(as_json=as_json, quick=quick, keep=report, kind=database))
    except StandstillError as error:
        running.say(str(error))
        code = 1
    raise typer.Exit(code)


@benchmarks.command("search")
def bench_search(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array on stdout.")] = False,
    largest: Annotated[
        int, typer.Option(min=1_000, help="Files in the largest archive: 1000, 10000, …, 1000000.")
    ] = 1_000_000,
    database: Annotated[Kind, typer.Option(help="Of the archives.")] = Kind.SQLITE,
) -> None:
    """Search archives of a thousand to a million files, side by side."""
    work = command.search(as_json=as_json, largest=largest, kind=database)
    raise typer.Exit(running.run(work))


@benchmarks.command("report")
def bench_report() -> None:
    """Write docs/performance.md and its plots anew, from docs/performance.json."""
    for path in reports.write():
        print(path.relative_to(ROOT))


@app.command()
def check() -> None:
    """Check format, lint, types and import contracts."""
    held = asyncio.run(checks.run(checks.CHECKS, Console(soft_wrap=True, highlight=False)))
    raise typer.Exit(0 if held else 1)


@app.command()
def docs(
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; fail if a page is behind the code.")
    ] = False,
) -> None:
    """Write the generated pages; refuse if a published event is broken."""
    broken = list(
        published.violations(published.snapshot(), published.current(asyncapi.document()))
    )
    for line in broken:
        print(line)
    if broken and not check:
        raise typer.Exit(1)
    pages = list(reference.stale()) if check else reference.write()
    for path in pages:
        print(f"{path.relative_to(ROOT)}{': run ./govproject docs' if check else ''}")
    raise typer.Exit(1 if check and (pages or broken) else 0)


@app.command("chaos")
def kill_and_count(
    kills: Annotated[int, typer.Option(min=0, help="How many processes to kill.")] = 20,
    seed: Annotated[int, typer.Option(help="Decides whom, when and how.")] = 1,
    transactions: Annotated[
        int, typer.Option(min=1, help="Commands that must be acknowledged meanwhile.")
    ] = 10_000,
    database: Annotated[
        Literal["sqlite", "postgresql"], typer.Option(help="What the services keep data in.")
    ] = "sqlite",
    mutant: Annotated[
        str | None,
        typer.Option(help=f"Plant a mistake, which must be found: {', '.join(chaos.MUTANTS)}."),
    ] = None,
    scenarios: Annotated[
        bool, typer.Option(help="Then play the named failures: a cluster, a full disk, …")
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object on stdout.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Add the run to docs/reliability.md.")
    ] = False,
) -> None:
    """Kill services, broker and database while work flows; count what is lost."""
    if mutant is not None and mutant not in chaos.MUTANTS:
        raise PrerequisiteError(f"no mutant {mutant}; name one of {', '.join(chaos.MUTANTS)}")
    asked = chaos.Asked(
        seed, kills, transactions, database, mutant, scenarios=scenarios and mutant is None
    )
    results: list[chaos.Outcome] = []

    async def work() -> None:
        results.append(await chaos.run(asked, running.say))

    try:
        code = running.run(work())
    except chaos.NotUpError as error:
        running.say(str(error))
        code = 1
    if not results:
        raise typer.Exit(code)
    [outcome] = results
    if report:
        chaos.report.add(outcome.as_json())
        reference.write()
    if as_json:
        print(json.dumps(outcome.as_json(), ensure_ascii=False))
    else:
        print(chaos.report.sentence(outcome.as_json()))
    raise typer.Exit(0 if outcome.held else 1)


@app.command()
def rules(
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array on stdout.")] = False,
) -> None:
    """Print every duty with what carries it, or why nothing does; `+` marks a further rule.

    In JSON, `is_duty` tells the duties of the regulation from the further rules that hold them.
    """
    entries, exemptions, missing = ledger.entries(), ledger.exemptions(), ledger.missing()
    if as_json:
        carried = [entry.as_json() for entry in entries]
        carried += [exemption.as_json() for exemption in exemptions]
        print(json.dumps(carried, ensure_ascii=False, indent=1))
        return
    for entry in entries:
        mark = " " if entry.is_duty else "+"
        print(_rule_line(entry, f"{entry.service:<11} {mark}", entry.title))
    for exemption in exemptions:
        print(_rule_line(exemption, f"{'exempt':<11}  ", exemption.title))
    for duty in missing:
        print(_rule_line(duty, f"{'missing':<11}  "))
    print(ledger.summary().in_words())


def _rule_line(
    each: ledger.Entry | ledger.Exemption | ledger.Duty, who: str, title: str = ""
) -> str:
    return f"{each.article:>3} {each.clause:<6} {who}{each.id:<34} {title}".rstrip()


@app.command("new-revision")
def new_revision(
    service: Annotated[str, typer.Argument(help="intake, review, acceptance, …")],
    message: Annotated[str, typer.Argument(help="What changes, in a few words.")],
) -> None:
    """Write a migration that brings a service's tables to what its models say."""
    if service not in SERVICES:
        raise PrerequisiteError(f"there is no service {service}; name one of {', '.join(SERVICES)}")
    print(persistence_migrate.new_revision(message, module(service)))


@app.command()
def lock(
    upgrade: Annotated[bool, typer.Option(help="Also take newer versions.")] = False,
) -> None:
    """Pin every package with its hashes."""
    locks.lock(upgrade=upgrade)


def main() -> None:
    """Run a command; a missing prerequisite is one line and exit code 2."""
    # What a library logs about a failure is not for the terminal: the failure is raised as well.
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        app(prog_name="govproject")
    except PrerequisiteError as error:
        running.say(str(error))
        sys.exit(PREREQUISITE)
