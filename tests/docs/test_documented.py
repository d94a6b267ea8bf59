"""Something public and undocumented fails here."""

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
APPS = (
    "core",
    "members",
    "library",
    "casestudies",
    "playbooks",
    "adoptions",
    "discussions",
    "authoring",
    "search",
    "notifications",
    "demo",
)
SETTINGS = (ROOT / "docs/operations/settings.md").read_text()
COMMANDS = (ROOT / "docs/commands.md").read_text()
INDEX = (ROOT / "docs/index.md").read_text()


def _environment_names() -> set[str]:
    sources = [path for path in (ROOT / "config").rglob("*.py") if path.name != "test.py"]
    text = "\n".join(path.read_text() for path in sources)
    return set(
        re.findall(r'env\.\w+\("([A-Z_]+)"|environ\.get\("([A-Z_]+)"', text)
        and [
            first or second
            for first, second in re.findall(r'env\.\w+\(\s*"([A-Z_]+)"|environ\.get\("([A-Z_]+)"', text)
        ]
    )


@pytest.mark.parametrize("name", sorted(_environment_names()))
def test_every_setting_is_documented(name):
    assert f"`{name}`" in SETTINGS


def test_every_documented_setting_exists():
    documented = set(re.findall(r"^\| `([A-Z_]+)`", SETTINGS, flags=re.MULTILINE))
    assert documented - _environment_names() <= {"DJANGO_SETTINGS_MODULE"}


def _commands() -> list[str]:
    found = (path for app in APPS for path in (ROOT / app).glob("management/commands/*.py"))
    return sorted(path.stem for path in found if path.stem != "__init__")


@pytest.mark.parametrize("name", _commands())
def test_every_command_is_documented(name):
    assert f"`{name}" in COMMANDS


def test_every_documented_command_exists():
    table = COMMANDS.partition("## `manage.py`")[2]
    assert set(re.findall(r"^\| `(\w+)", table, flags=re.MULTILINE)) == set(_commands())


@pytest.mark.parametrize("path", sorted(path.name for path in (ROOT / "script").iterdir() if path.is_file()))
def test_every_script_is_documented(path):
    assert f"`script/{path}`" in COMMANDS


@pytest.mark.parametrize("app", APPS)
def test_every_app_is_in_the_house(app):
    assert f"{app}/" in INDEX


def test_every_link_between_documents_leads_somewhere():
    broken = []
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+?)\)", document.read_text()):
            if not (document.parent / target).exists():
                broken.append(f"{document.name}: {target}")
    assert not broken


def test_every_dependency_says_why():
    lines = (ROOT / "pyproject.toml").read_text().partition("[tool.ruff]")[0].splitlines()
    names = [number for number, line in enumerate(lines) if re.match(r'\s{4}"[a-z]', line)]
    reasonless = [
        lines[number].strip()
        for number in names
        if not lines[number - 1].strip().startswith("#") and not re.match(r'\s{4}"', lines[number - 1])
    ]
    assert not reasonless


def test_compose_uses_only_settings_that_exist():
    compose = yaml.safe_load((ROOT / "compose.yaml").read_text())
    assert set(compose["x-app"]["environment"]) <= _environment_names()


def test_public_things_have_docstrings():
    import ast

    bare = []
    for app in (*APPS, "config"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts or path.name in {"__init__.py", "apps.py", "urls.py"}:
                continue
            tree = ast.parse(path.read_text())
            if not ast.get_docstring(tree):
                bare.append(str(path.relative_to(ROOT)))
            for node in tree.body:
                public = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
                if public and not ast.get_docstring(node) and node.name not in {"Language", "Command"}:
                    bare.append(f"{path.relative_to(ROOT)}:{node.name}")
    assert not bare
