"""The toy service as a process of its own: `python -m tests.shared.toy NAME [FOLLOWS]`."""

import sys

from shared.process import run
from tests.shared.toy.jars import toy

if __name__ == "__main__":
    name, *followed = sys.argv[1:]
    run(toy(name, follows=followed[0] if followed else ""))
