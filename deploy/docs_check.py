"""Whether the documents still describe the code: `python -m deploy.docs_check`.

In README.md and docs/: every relative link leads somewhere, every `path` and every `path#name` or `path:name` in
backticks exists, and docs/settings.md names every setting.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from deploy.install import ROOT

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:)([^)\s]+)\)")
CODE = re.compile(r"`((?:services|shared|deploy|tests|docs|requirements)/[\w./-]+)(?:[#:]([\w.]+)(?:\(\))?)?`")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
SETTING = re.compile(r"\bPARLEY_[A-Z_]+[A-Z]\b")


def documents() -> list[Path]:
    return [file for file in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))] if file.exists()]


def headings(text: str) -> set[str]:
    """The anchors a page offers, spelled as the common renderers do."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def broken_links(document: Path, text: str) -> Iterator[str]:
    for target in LINK.findall(FENCE.sub("", text)):
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        if not file.exists():
            yield f"the link {target} leads nowhere"
        elif anchor and file.suffix == ".md" and anchor not in headings(file.read_text(encoding="utf-8")):
            yield f"the link {target} leads to no heading"


def broken_references(text: str) -> Iterator[str]:
    for path, name in CODE.findall(text):
        file = ROOT / path
        if not file.exists():
            yield f"`{path}` does not exist"
        elif name and not names_something(file, name):
            yield f"`{path}` has no {name}"


def names_something(file: Path, name: str) -> bool:
    """A line number within the file, a Python definition, or for other files the bare word."""
    text = file.read_text(encoding="utf-8")
    if name.isdigit():
        return int(name) <= len(text.splitlines())
    if file.suffix != ".py":
        return re.search(rf"\b{re.escape(name)}\b", text) is not None
    return name in defined(ast.parse(text))


def defined(tree: ast.Module) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name, body=body):
                names |= {name} | {f"{name}.{inner.name}" for inner in body if isinstance(inner, FUNCTION)}
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case _:
                continue
    return names


FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def settings() -> set[str]:
    """The services' own, and those the launcher reads besides."""
    from shared.settings import Settings

    prefix = Settings.model_config.get("env_prefix", "")
    own = {f"{prefix}{field}".upper() for field in Settings.model_fields}
    launcher = [ROOT / "deploy" / name for name in ("arrangement.py", "installation.py")]
    return own | {name for file in launcher for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def undocumented_settings() -> Iterator[str]:
    page = ROOT / "docs" / "settings.md"
    described = set(SETTING.findall(page.read_text(encoding="utf-8"))) if page.exists() else set()
    for name in sorted(settings() - described):
        yield f"docs/settings.md does not describe {name}"


def main() -> int:
    wrong = list(undocumented_settings())
    for document in documents():
        text = document.read_text(encoding="utf-8")
        here = document.relative_to(ROOT)
        wrong += [f"{here}: {problem}" for problem in (*broken_links(document, text), *broken_references(text))]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
