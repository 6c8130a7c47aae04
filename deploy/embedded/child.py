"""Becomes another program that dies with its parent.

    python -I child.py PARENT_PID DEATH_SIGNAL self|nobody COMMAND...

The kernel sends DEATH_SIGNAL when the parent's thread ends, even by kill -9. `nobody` is for PostgreSQL, which refuses
to run as root: the program then runs as that user, with the right to pass directories closed to others (an installation
under /root, say) only where it needs it. An ordinary user stays who they are.
"""

import ctypes
import os
import pwd
import sys
from pathlib import Path

PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT = 1, 8, 47
PR_CAP_AMBIENT_RAISE = 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522

libc = ctypes.CDLL(None, use_errno=True)


def prctl(option: int, value: int, more: int = 0) -> None:
    if libc.prctl(option, value, more, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl {option} was refused")


def reaches(user: int, program: str) -> bool:
    """Whether that user may run the program where it lies and enter the working directory."""
    os.seteuid(user)
    try:
        return all(os.access(path, os.X_OK, effective_ids=True) for path in (program, Path.cwd()))
    finally:
        os.seteuid(0)


def raise_ambient_dac_override() -> None:
    mask = 1 << CAP_DAC_OVERRIDE
    header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0)
    if libc.capset(header, sets) != 0:
        raise OSError(ctypes.get_errno(), "capset was refused")
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE)


def become_nobody(program: str) -> None:
    nobody = pwd.getpwnam("nobody")
    needs_passage = not reaches(nobody.pw_uid, program)
    if needs_passage:
        prctl(PR_SET_KEEPCAPS, 1)
    os.setgroups([])
    os.setresgid(nobody.pw_gid, nobody.pw_gid, nobody.pw_gid)
    os.setresuid(nobody.pw_uid, nobody.pw_uid, nobody.pw_uid)
    if needs_passage:
        raise_ambient_dac_override()


def main() -> None:
    parent, death_signal, user, *command = sys.argv[1:]
    if user == "nobody" and os.getuid() == 0:
        become_nobody(command[0])
    prctl(PR_SET_PDEATHSIG, int(death_signal))  # after the change of user, which would clear it
    if os.getppid() != int(parent):
        sys.exit("The parent has gone already.")
    os.execvp(command[0], command)  # noqa: S606 - to become it is the point


if __name__ == "__main__":
    main()
