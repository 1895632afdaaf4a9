"""Texts of templates: placeholders like {day}, filled in, and what may not be in them (N9). Pure."""

import re
from collections.abc import Iterable, Mapping

from clinic_core.messaging.states import ADVERTISING

PLACEHOLDERS = (
	*("patient", "clinic", "branch", "branch_phone", "branch_address", "service", "practitioner"),
	*("day", "time", "old_day", "old_time", "until_day", "until_time", "count", "list"),
	*("tracking_code", "link", "code", "minutes", "reason", "amount", "text"),
)
"""What a text may ask for. A line all of whose placeholders are empty is left out."""

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BLANKS = re.compile(r"[ \t]{2,}")
_ADDRESS = re.compile(
	r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:ir|com|net|org|me|io|app|link)\b\S*", re.I
)
_PAYS = re.compile(
	r"\bpay(?:ment|ments|ping)?\b|zarinpal|zarinp\.al|zibal|idpay|nextpay|shaparak|sadad|\bipg\b|\bbpm\b|\bgateway\b|پرداخت",
	re.I,
)


def asked_for(text: str) -> list[str]:
	"""The placeholders of a text, each once, in their order."""
	return list(dict.fromkeys(name.strip() for name in _PLACEHOLDER.findall(text)))


def unknown_in(text: str, known: Iterable[str] = PLACEHOLDERS) -> list[str]:
	"""Placeholders nobody can fill."""
	known = set(known)
	return [name for name in asked_for(text) if name not in known]


def fill(text: str, values: Mapping[str, str]) -> str:
	"""The text with its placeholders filled; lines that would only say nothing are left out."""
	lines = []
	for line in text.replace("\r\n", "\n").strip().split("\n"):
		names = asked_for(line)
		if names and not any(str(values.get(name) or "").strip() for name in names):
			continue
		filled = _PLACEHOLDER.sub(lambda found: str(values.get(found[1].strip()) or ""), line)
		lines.append(_BLANKS.sub(" ", filled).strip())
	return "\n".join(lines).strip()


def has_payment_link(text: str) -> bool:
	"""Whether a text leads to a page where one pays; the law forbids it in advertising."""
	return any(_PAYS.search(address) for address in _ADDRESS.findall(text))


def is_allowed(text: str, purpose: str) -> bool:
	"""Whether a text with its values may go out for this purpose."""
	return purpose != ADVERTISING or not has_payment_link(text)


def hide_code(text: str, code: str) -> str:
	"""A text that may be shown after the code in it was sent."""
	return text.replace(code, "•" * len(code)) if code else text


def is_opt_out(reply: str, words: Iterable[str]) -> bool:
	"""Whether an answer is one of the words that end advertising, whatever its case, digits and spaces."""
	said = _plain(reply)
	return bool(said) and said in {_plain(word) for word in words if _plain(word)}


_AROUND = re.compile("[\\s.!،,؛\u200c\u200e\u200f\"'«»]+")
_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩يك", "01234567890123456789یک")


def _plain(text: str) -> str:
	return _AROUND.sub("", text.translate(_DIGITS)).casefold()
