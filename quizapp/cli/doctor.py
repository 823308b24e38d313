"""``quizapp doctor``: what this database stands on, and whether its promises hold."""

from __future__ import annotations

import click

from quizapp import __version__
from quizapp.cli.environment import ready_runtime, settings_from_environment
from quizapp.core.permissions import OPERATOR
from quizapp.services.invariants import Finding, broken_invariants, open_tries
from quizapp.services.runtime import Runtime
from quizapp.storage.engine import make_engine
from quizapp.storage.inspection import DatabaseFacts, database_facts
from quizapp.storage.schema import head_revision


@click.command()
def doctor() -> None:
    """Check every promise on the live database; exit status 1 when one is broken."""
    settings = settings_from_environment()
    runtime = ready_runtime(settings)
    engine = make_engine(settings.database_url)
    facts = database_facts(engine)
    engine.dispose()
    for line in _what_it_is(facts, runtime):
        click.echo(line)
    findings = broken_invariants(runtime, OPERATOR)
    for finding in findings:
        click.echo(_in_words(finding))
    if any(finding.broken for finding in findings):
        raise click.ClickException(
            "a promise is broken: keep the database as it is, make a copy, and report it"
        )


def _what_it_is(facts: DatabaseFacts, runtime: Runtime) -> list[str]:
    tries = open_tries(runtime, OPERATOR)
    journal = f", journal mode {facts.journal_mode}" if facts.journal_mode else ""
    return [
        f"Second Source {__version__}, schema {head_revision()}, the one that the database has",
        f"{facts.product} {facts.version} ({facts.driver}){journal}, {facts.size_bytes / 1_000_000:.1f} MB",
        *([f"  {facts.advice}"] if facts.advice else []),
        f"open tries: {tries.count}, of these {tries.overdue} wait for `quizapp work` to hand them in",
    ]


def _in_words(finding: Finding) -> str:
    if not finding.broken:
        return f"✓ {finding.promise}"
    return f"✗ {finding.promise}: {finding.broken} broken, the first at {finding.first}"
