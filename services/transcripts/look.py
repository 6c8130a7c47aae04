"""How a transcript looks: the channel's colour, and a colour to write on it that can be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Look:
    """The company as its visitors see it. `brand` is `#rrggbb`."""

    company: str
    brand: str

    @property
    def ink(self) -> str:
        """White or near-black, whichever stands out more from the brand colour (WCAG 2.2, relative luminance)."""
        light = _luminance(self.brand)
        return "#ffffff" if 1.05 / (light + 0.05) >= (light + 0.05) / 0.055 else "#16181d"


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)
