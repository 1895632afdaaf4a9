"""What a visitor's comment may be, and how often one may be sent (A03). Pure.

Thousands of people share the address of a mobile network: an address alone never blocks sooner than
`ADDRESS_FLOOR`, whatever the settings say.
"""

import re
import unicodedata

NAME_LENGTH, TEXT_LENGTH, CONTACT_LENGTH = 80, 2000, 140
SHORTEST_TEXT = 2
MAX_STARS = 5
HUMAN_SECONDS = 3
"""Nobody opens a page, reads, and writes a comment sooner."""
LINKS_ALLOWED = 1
ADDRESS_FLOOR = 20
REPEAT_HOURS = 24

HONEYPOT, TOO_FAST, LINKS = "honeypot", "too_fast", "links"
ADDRESS, PAGE = "address", "page"

_TAG = re.compile(r"<(?:!--.*?--|/?[a-zA-Z][^<>]*)>", re.DOTALL)
_SILENT = re.compile(r"<(script|style)\b[^>]*>.*?(</\1\s*>|$)", re.DOTALL | re.IGNORECASE)
_LINK = re.compile(
	r"(?:https?://|www\.)\S+|\b[a-z0-9-]+\.(?:com|net|org|info|ru|xyz|top|shop|ir)\b", re.IGNORECASE
)
_KEPT_MARKS = {"\u200c", "\u200d"}
"""The half-space of Persian and the joiner of Arabic script and emoji: part of the spelling."""


def tidy(text: str | None, lines: bool = False) -> str:
	"""What a person wrote, without markup, control signs and signs that turn the direction of the page.

	With `lines` line breaks stay, at most one empty line in a row.
	"""
	bare = _TAG.sub(" ", _SILENT.sub(" ", text or ""))
	bare = "".join(sign for sign in bare if _is_kept(sign)).replace("\r\n", "\n").replace("\r", "\n")
	if not lines:
		return " ".join(bare.split())
	rows = [" ".join(row.split()) for row in bare.split("\n")]
	return re.sub(r"\n{3,}", "\n\n", "\n".join(rows)).strip()


def suspicion(text: str, name: str, honeypot: str | None, seconds: float | None) -> str | None:
	"""Why a comment is put aside as spam without a moderator: a code, or None.

	`seconds`: how long the sender looked at the page, as his browser says; None if it did not.
	"""
	if (honeypot or "").strip():
		return HONEYPOT
	if seconds is None or seconds < HUMAN_SECONDS:
		return TOO_FAST
	return LINKS if len(_LINK.findall(f"{name} {text}")) > LINKS_ALLOWED else None


def flood(from_address: int, on_page: int, address_limit: int, page_limit: int) -> str | None:
	"""Which limit one more comment would break: `address`, `page` or None.

	`from_address`: comments of this address in the last hour; `on_page`: of it on this page in the last
	day. A limit of 0 is no limit.
	"""
	if page_limit and on_page >= page_limit:
		return PAGE
	if address_limit and from_address >= max(address_limit, ADDRESS_FLOOR):
		return ADDRESS
	return None


def _is_kept(sign: str) -> bool:
	if sign in "\r\n\t" or sign in _KEPT_MARKS:
		return True
	return unicodedata.category(sign) not in ("Cc", "Cf", "Cs", "Co", "Cn")
