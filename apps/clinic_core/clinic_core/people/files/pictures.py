"""Pictures of patients: turned upright, without what a camera writes beside them (place, time, device). Pure."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from clinic_core.service_catalog.pictures.image_rules import problem_of_size

THUMBNAIL_SIDE = 360
_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}
_OPTIONS = {"jpg": {"quality": 92}, "png": {"optimize": False}, "webp": {"quality": 92}}


class BrokenPictureError(ValueError):
	"""A picture that cannot be opened, or is too large to be unpacked."""


def clean(content: bytes, extension: str) -> bytes:
	"""The same picture, upright, with nothing but its pixels. Raises BrokenPictureError."""
	image = _upright(content)
	return _saved(image, extension)


def thumbnail(content: bytes) -> bytes:
	"""A small JPEG of a picture. Raises BrokenPictureError."""
	image = _upright(content)
	image.thumbnail((THUMBNAIL_SIDE, THUMBNAIL_SIDE), Image.Resampling.LANCZOS)
	return _saved(image, "jpg")


def _upright(content: bytes) -> Image.Image:
	try:
		image = Image.open(io.BytesIO(content), formats=list(_FORMATS.values()))
		if problem_of_size(*image.size):
			raise BrokenPictureError
		image.load()
		return ImageOps.exif_transpose(image)
	except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
		raise BrokenPictureError from error


def _saved(image: Image.Image, extension: str) -> bytes:
	"""A new picture of the pixels alone: whatever else came along stays behind."""
	mode = "RGB" if extension == "jpg" or image.mode not in ("RGB", "RGBA", "L") else image.mode
	pixels = image if image.mode == mode else image.convert(mode)
	bare = Image.new(mode, pixels.size)
	bare.paste(pixels)
	out = io.BytesIO()
	bare.save(out, _FORMATS[extension], **_OPTIONS[extension])
	return out.getvalue()
