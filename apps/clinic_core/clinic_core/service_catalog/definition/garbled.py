"""Recognises Persian that was read in the wrong encoding. Pure.

Frappe's Data Import reads a CSV that is not UTF-8 as Windows-1250: what a Persian Excel saves
(Windows-1256) then arrives as `áیÒÑ` or `áíÒÑ` without any error.
"""

_WRONG = ("cp1250", "cp1252", "latin-1")
_LETTERS = range(0x0621, 0x06F0)


def meant(text: str) -> str | None:
	"""The Persian text that `text` was before it was read wrong; None if it seems to be all right."""
	if not any(0x80 <= ord(sign) < 0x0250 for sign in text):
		return None
	for encoding in _WRONG:
		try:
			read = text.encode(encoding).decode("cp1256")
		except UnicodeError:
			continue
		if _is_persian(read) and not _is_latin_word(text):
			return read
	return None


def _is_persian(text: str) -> bool:
	letters = [sign for sign in text if sign.isalpha()]
	arabic = sum(ord(sign) in _LETTERS for sign in letters)
	return arabic >= 3 and arabic * 10 >= len(letters) * 8


def _is_latin_word(text: str) -> bool:
	"""`Éclat naïf` has accents but mostly plain letters."""
	letters = [sign for sign in text if sign.isalpha()]
	return sum(sign.isascii() for sign in letters) * 2 > len(letters)
