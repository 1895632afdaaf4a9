"""What a picture of the public page must be, and in which sizes it is served (A01, A22, A74). Pure."""

from collections.abc import Sequence

JPEG, PNG, WEBP = "JPEG", "PNG", "WEBP"
FORMATS = (JPEG, PNG, WEBP)
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
"""A few kilobytes can say that they are a picture of gigapixels; nothing larger is ever unpacked."""
WIDTHS = (320, 640, 1280)

WRONG_TYPE, TOO_LARGE, TOO_MANY_PIXELS, BROKEN = "wrong_type", "too_large", "too_many_pixels", "broken"


def kind_of(head: bytes) -> str | None:
	"""The format by the first bytes of the content, whatever the file is called; None for any other."""
	if head[:3] == b"\xff\xd8\xff":
		return JPEG
	if head[:8] == b"\x89PNG\r\n\x1a\n":
		return PNG
	if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
		return WEBP
	return None


def problem_of_bytes(head: bytes, size: int) -> str | None:
	"""A code if content of `size` bytes beginning with `head` may not be used, None if it may."""
	if kind_of(head) is None:
		return WRONG_TYPE
	return TOO_LARGE if size > MAX_BYTES else None


def problem_of_size(width: int, height: int) -> str | None:
	"""A code if a picture of so many pixels may not be unpacked."""
	if width < 1 or height < 1:
		return BROKEN
	return TOO_MANY_PIXELS if width * height > MAX_PIXELS else None


def variant_widths(width: int) -> list[int]:
	"""In which widths (pixels) a picture is served: never larger than it is, small ones as they are."""
	smaller = [one for one in WIDTHS if one < width]
	largest = min(width, WIDTHS[-1])
	return [*smaller, largest] if largest not in smaller else smaller


def fallback_widths(widths: Sequence[int]) -> list[int]:
	"""Which of them are kept as JPEG, too: for old browsers, and for the preview of a messenger."""
	return [one for one in widths if one >= WIDTHS[1]] or list(widths[-1:])


def scaled_height(width: int, height: int, to_width: int) -> int:
	"""The height that keeps the shape; at least one pixel."""
	return max(1, round(height * to_width / width))


def file_name(file_hash: str, width: int, extension: str) -> str:
	"""The name of a variant. `extension` is `webp` or `jpg`."""
	return f"{file_hash}-{width}.{extension}"
