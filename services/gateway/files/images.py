"""Images from strangers: measured before they are unpacked, and shown only after they were painted anew."""

import warnings
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import Image, ImageOps, UnidentifiedImageError

from shared.contracts.gateway import FileRefused

MOST_PIXELS = 50_000_000
PREVIEW_PIXELS = 1600
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
PREVIEW_TYPE = "image/webp"


@dataclass(frozen=True)
class Looked:
    """Size in pixels as shown, and a smaller copy without anything but its pixels."""

    width: int
    height: int
    preview: bytes


def look_at(content: BinaryIO) -> Looked:
    """Opens an image, carefully. Raises FileRefused when it is damaged or too large. Blocks: run it in a thread."""
    content.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(content, formats=FORMATS) as image:
                if image.width * image.height > MOST_PIXELS:
                    raise FileRefused(f"The image has more than {MOST_PIXELS // 1_000_000} million pixels.")
                return _painted(image)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as broken:
        raise FileRefused("The image is damaged.") from broken
    finally:
        content.seek(0)


def _painted(image: Image.Image) -> Looked:
    turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
    width, height = (image.height, image.width) if turned else image.size
    image.draft("RGB", (PREVIEW_PIXELS, PREVIEW_PIXELS))
    upright = ImageOps.exif_transpose(image)
    small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    small.thumbnail((PREVIEW_PIXELS, PREVIEW_PIXELS))
    clean = Image.new(small.mode, small.size)
    clean.paste(small)
    out = BytesIO()
    clean.save(out, "WEBP", quality=82)
    return Looked(width, height, out.getvalue())
