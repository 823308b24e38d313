"""Each import contract of setup.cfg refuses a bad import, and the core's list of packages is complete."""

from __future__ import annotations

import ast
import configparser
import sys
from pathlib import Path

import pytest
from importlinter.application.use_cases import lint_imports
from importlinter.configuration import configure

ROOT = Path(__file__).parents[2]
SECTION = "importlinter:contract:"
LAYERS = sorted(folder.name for folder in (ROOT / "quizapp").iterdir() if (folder / "__init__.py").exists())

BAD_IMPORTS = [
    ("layers", "core/bad.py", "import quizapp.services"),
    ("layers", "question_types/bad.py", "import quizapp.content"),
    ("layers", "content/bad.py", "import quizapp.measurement"),
    ("layers", "storage/bad.py", "import quizapp.services"),
    ("layers", "services/bad.py", "import quizapp.web"),
    ("layers", "web/bad.py", "import quizapp.cli"),
    ("layers", "cli/bad.py", "import quizapp.web"),
    ("question-types", "question_types/bad.py", "import quizapp.question_types.other"),
    ("core", "core/bad.py", "import pydantic"),
    ("pure-middle", "content/bad.py", "import flask"),
    ("pure-middle", "exchange/bad.py", "import sqlalchemy"),
    ("pure-middle", "measurement/bad.py", "import sqlalchemy.orm"),
    ("pure-middle", "question_types/bad.py", "import werkzeug"),
    ("services", "services/bad.py", "import flask"),
    ("services", "services/bad.py", "import wtforms"),
    ("storage", "storage/bad.py", "import flask_login"),
    ("database", "web/bad.py", "import quizapp.storage.tables"),
    ("database", "cli/bad.py", "import sqlalchemy"),
]


@pytest.fixture
def a_copy(tmp_path, monkeypatch):
    """Return the empty layers under the same contracts, by another name: `quizapp` itself is loaded."""
    package = tmp_path / "copied"
    for layer in (*LAYERS, "question_types/other", "storage/tables", "storage/queries"):
        (package / layer).mkdir(parents=True, exist_ok=True)
    for folder in (package, *(path for path in package.rglob("*") if path.is_dir())):
        (folder / "__init__.py").touch()
    (tmp_path / "setup.cfg").write_text((ROOT / "setup.cfg").read_text().replace("quizapp", "copied"))
    monkeypatch.syspath_prepend(str(tmp_path))
    return package


def settings() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg")
    return parser


def contracts() -> set[str]:
    return {name.removeprefix(SECTION) for name in settings().sections() if name.startswith(SECTION)}


def keeps(package: Path, contract: str) -> bool:
    configure()
    # In debug mode a mistake in the settings is an exception, not one more broken contract.
    return lint_imports(str(package.parent / "setup.cfg"), (contract,), cache_dir=None, is_debug_mode=True)


@pytest.mark.parametrize("contract", sorted(contracts()))
def test_empty_layers_keep_a_contract(a_copy, contract):
    assert keeps(a_copy, contract)


@pytest.mark.parametrize(("contract", "file", "line"), BAD_IMPORTS)
def test_a_bad_import_breaks_its_contract(a_copy, contract, file, line):
    (a_copy / file).write_text(line.replace("quizapp", "copied"))

    assert not keeps(a_copy, contract)


def test_every_contract_is_seen_to_fail():
    assert {contract for contract, _, _ in BAD_IMPORTS} == contracts()


def test_a_module_outside_the_layers_is_refused(a_copy):
    (a_copy / "helpers").mkdir()
    (a_copy / "helpers" / "__init__.py").touch()

    assert not keeps(a_copy, "layers")


def test_the_core_is_refused_every_package_that_anything_imports():
    refused = set(settings()[SECTION + "core"]["forbidden_modules"].split())

    assert imported_packages() <= refused


def imported_packages() -> set[str]:
    """Return the packages, other than ours and Python's, that any module of ours imports."""
    names = set()
    for module in (ROOT / "quizapp").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"quizapp"}
