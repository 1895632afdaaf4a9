"""Unpacks a picture safely and writes its scaled copies. Uses Pillow; knows nothing of documents."""

import io
import os
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

from clinic_core.service_catalog.pictures import image_rules as rules

_QUALITY = {"webp": 80, "jpg": 84}


class PictureError(ValueError):
	"""A picture that may not be used; `code` is one of `image_rules`."""

	def __init__(self, code: str) -> None:
		super().__init__(code)
		self.code = code


@dataclass(frozen=True)
class Picture:
	"""What is known of a picture whose copies are on the disk. Sizes are in pixels, as it is shown."""

	width: int
	height: int
	widths: list[int]
	colour: str


def check(content: bytes) -> None:
	"""Refuse what is no JPEG, PNG or WebP, too large, or a bomb. Reads little more than the header.

	Raises PictureError.
	"""
	problem = rules.problem_of_bytes(content[:16], len(content))
	if problem:
		raise PictureError(problem)
	with _open(content) as image:
		problem = rules.problem_of_size(*image.size)
		if problem:
			raise PictureError(problem)


def write_variants(content: bytes, folder: Path, file_hash: str) -> Picture:
	"""Write the scaled copies of a picture into `folder`: turned upright and without EXIF (no GPS).

	WebP in every width, JPEG in the larger ones. A file is put in place when it is complete. Raises
	PictureError.
	"""
	check(content)
	folder.mkdir(parents=True, exist_ok=True)
	try:
		image = _upright(content)
	except (OSError, ValueError, SyntaxError) as error:
		raise PictureError(rules.BROKEN) from error
	width, height = image.size
	widths = rules.variant_widths(width)
	# From the largest down, each made from the one before: far quicker, and no difference to be seen.
	for wanted in reversed(widths):
		image = image.resize((wanted, rules.scaled_height(width, height, wanted)), Image.Resampling.LANCZOS)
		_save(image, folder / rules.file_name(file_hash, wanted, "webp"), "webp")
		if wanted in rules.fallback_widths(widths):
			_save(_on_white(image), folder / rules.file_name(file_hash, wanted, "jpg"), "jpg")
	return Picture(width, height, widths, _mean_colour(image))


def remove_variants(folder: Path, file_hash: str) -> None:
	"""Delete all copies with this hash."""
	for path in folder.glob(f"{file_hash}-*"):
		path.unlink(missing_ok=True)


def hashes_in(folder: Path) -> set[str]:
	"""The hashes of the copies that are there."""
	return {path.name.rsplit("-", 1)[0] for path in folder.glob("*-*.*")} if folder.is_dir() else set()


def _open(content: bytes) -> Image.Image:
	try:
		return Image.open(io.BytesIO(content), formats=rules.FORMATS)
	except Image.DecompressionBombError as error:
		raise PictureError(rules.TOO_MANY_PIXELS) from error
	except (OSError, ValueError, SyntaxError) as error:
		raise PictureError(rules.BROKEN) from error


def _upright(content: bytes) -> Image.Image:
	image = _open(content)
	# A JPEG of a camera is read at a fraction of its size; nothing larger than this is ever served.
	side = rules.WIDTHS[-1]
	image.draft("RGB", (side, side))
	image = ImageOps.exif_transpose(image)
	has_alpha = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
	return image.convert("RGBA" if has_alpha else "RGB")


def _on_white(image: Image.Image) -> Image.Image:
	if image.mode != "RGBA":
		return image
	ground = Image.new("RGB", image.size, "white")
	ground.paste(image, mask=image.getchannel("A"))
	return ground


def _save(image: Image.Image, path: Path, extension: str) -> None:
	partial = path.with_name(f".{path.name}.{os.getpid()}")
	if extension == "webp":
		image.save(partial, "WEBP", quality=_QUALITY["webp"], method=4)
	else:
		image.save(partial, "JPEG", quality=_QUALITY["jpg"], optimize=True, progressive=True)
	partial.replace(path)


def _mean_colour(image: Image.Image) -> str:
	"""What the place of the picture is filled with while it loads, `#rrggbb`."""
	red, green, blue = _on_white(image).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
	return f"#{red:02x}{green:02x}{blue:02x}"
