"""Which of our files a module is made of: its own, and those of everything of ours it imports, in turn.

Found in the files themselves, so that nobody has to keep a list, and the same in every process that runs this version.
"""

import ast
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def source_digest(module: str) -> bytes:
    """Changes when any of its files does, be it only in a comment."""
    digest = blake2b(digest_size=8)
    for file in sorted(files_behind(module)):
        digest.update(f"{file.relative_to(ROOT)}\0".encode() + file.read_bytes() + b"\0")
    return digest.digest()


def files_behind(module: str, root: Path = ROOT) -> set[Path]:
    """The files under `root`; what is installed from elsewhere is not among them."""
    found: set[Path] = set()
    names = [module]
    while names:
        for file in _files(names.pop(), root) - found:
            found.add(file)
            names += _imports(file)
    return found


def _files(name: str, root: Path) -> set[Path]:
    place = root.joinpath(*name.split("."))
    return {file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()}


def _imports(file: Path) -> Iterator[str]:
    """Names of modules, and of what is imported from them: that may be a module as well."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        match node:
            case ast.Import(names=names):
                yield from (one.name for one in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{one.name}" for one in names)
            case _:
                continue
