"""Faces: painted portraits for those who have one, initials on a tint for everybody else."""

from functools import cache
from html import escape
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "portraits"
TINTS = (
    ("#f0d9ea", "#652f5c"), ("#d9e6f2", "#27496d"), ("#dcebdd", "#2c5234"), ("#f4e3cf", "#6b4213"), ("#f5dad8", "#7a2c28"),
    ("#e0ddf3", "#3f3577"),
)  # fmt: skip
INITIALS = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" fill="{ground}"/>'
    '<text x="20" y="20" dy=".36em" text-anchor="middle" font-family="Inter,system-ui,sans-serif" font-size="15" '
    'font-weight="600" fill="{ink}">{letters}</text></svg>'
)


@cache
def portraits() -> dict[str, str]:
    """The painted ones, by name."""
    return {file.stem: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.svg")}


def face(face_id: str, name: str, portrait: str = "") -> str:
    """The face as SVG. The same id always has the same tint."""
    if painted := portraits().get(portrait):
        return painted
    ground, ink = TINTS[_tint(face_id)]
    return INITIALS.format(ground=ground, ink=ink, letters=escape(initials(name)))


def initials(name: str) -> str:
    """One or two capitals."""
    words = [word for word in name.split() if word[0].isalnum()]
    letters = [word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)]
    return "".join(letters).upper()[:2]


def _tint(face_id: str) -> int:
    """The same sum as the console's."""
    total = 0
    for sign in face_id:
        total = (total * 31 + ord(sign)) % 9973
    return total % len(TINTS)
