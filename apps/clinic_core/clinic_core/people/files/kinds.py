"""Which files the papers of a patient may be, told by their content, not by their name (E144). Pure."""

import io
import os
import zipfile

PICTURES = frozenset({"jpg", "png", "webp"})
PAPERS = PICTURES | {"pdf", "docx", "xlsx", "doc", "xls", "txt", "csv", "dcm"}
MAX_BYTES = 10 * 1024 * 1024

UNWANTED = "unwanted"
TOO_LARGE = "too_large"
EMPTY = "empty"
NOT_WHAT_IT_SAYS = "not_what_it_says"

_SAME = {"jpeg": "jpg", "jpe": "jpg", "dicom": "dcm", "text": "txt"}
_MACROS = "vbaproject.bin"


def extension_of(file_name: str) -> str:
	"""The extension in one spelling, without the dot."""
	extension = os.path.splitext(file_name or "")[1].lstrip(".").lower()
	return _SAME.get(extension, extension)


def problem_of(file_name: str, content: bytes, allowed: frozenset[str]) -> str | None:
	"""A code if a file may not be kept; None if it may."""
	extension = extension_of(file_name)
	if extension not in allowed:
		return UNWANTED
	if not content:
		return EMPTY
	if len(content) > MAX_BYTES:
		return TOO_LARGE
	return None if extension in kinds_of(content) else NOT_WHAT_IT_SAYS


def kinds_of(content: bytes) -> frozenset[str]:
	"""The extensions a content may have; none for what is not known."""
	head = content[:16]
	if head.startswith(b"\xff\xd8\xff"):
		return frozenset({"jpg"})
	if head.startswith(b"\x89PNG\r\n\x1a\n"):
		return frozenset({"png"})
	if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
		return frozenset({"webp"})
	if head.startswith(b"%PDF-"):
		return frozenset({"pdf"})
	if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
		return frozenset({"doc", "xls"})
	if content[128:132] == b"DICM":
		return frozenset({"dcm"})
	if head.startswith(b"PK\x03\x04"):
		return _office(content)
	return frozenset({"txt", "csv"}) if _is_text(content) else frozenset()


def _office(content: bytes) -> frozenset[str]:
	"""A zip is an office document by what it holds; one with macros is none."""
	try:
		names = [name.lower() for name in zipfile.ZipFile(io.BytesIO(content)).namelist()]
	except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
		return frozenset()
	if any(name.endswith(_MACROS) for name in names) or "[content_types].xml" not in names:
		return frozenset()
	if any(name.startswith("word/") for name in names):
		return frozenset({"docx"})
	return frozenset({"xlsx"}) if any(name.startswith("xl/") for name in names) else frozenset()


def _is_text(content: bytes) -> bool:
	"""Plain text that no browser takes for a page."""
	if b"\x00" in content:
		return False
	for encoding in ("utf-8-sig", "cp1256"):
		try:
			text = content.decode(encoding)
		except UnicodeDecodeError:
			continue
		return text.lstrip()[:1] != "<"
	return False
