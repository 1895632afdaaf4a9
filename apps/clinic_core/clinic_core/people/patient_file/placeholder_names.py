"""Names that stand for a name nobody knows yet, such as `خانم ناشناس` or `XX女士` (D08, G15). Pure."""

import re

from clinic_core.people import names

_UNKNOWN = frozenset(
	[
		"ناشناس",
		"نامشخص",
		"نامعلوم",
		"بینام",
		"مجهول",
		"فلانی",
		"unknown",
		"noname",
		"unnamed",
		"anonymous",
		"xx",
		"xxx",
		"bilinmiyor",
		"isimsiz",
	]
)
_TITLES = frozenset(
	[
		"خانم",
		"خانوم",
		"آقا",
		"اقا",
		"اقای",
		"بانو",
		"بیمار",
		"مراجع",
		"مشتری",
		"مهمان",
		"mr",
		"mrs",
		"ms",
		"miss",
		"sir",
		"madam",
		"lady",
		"patient",
		"customer",
		"guest",
		"bay",
		"bayan",
		"hasta",
	]
)
_CHINESE_TITLE = re.compile(r"(女士|先生|小姐)$")
_LETTER = re.compile(r"[^\W\d_]")


def is_placeholder(full_name: str) -> bool:
	"""Whether a name is only a stand-in: a word for “unknown”, titles alone, no letter at all."""
	plain = names.fold(full_name)
	if not _LETTER.search(plain):
		return True
	bare = _CHINESE_TITLE.sub("", plain).strip()
	if bare != plain and len(bare) <= 1:
		# `王女士`: a surname at most.
		return True
	words = bare.split()
	return any(word in _UNKNOWN for word in words) or all(word in _FOLDED_TITLES for word in words)


_FOLDED_TITLES = frozenset(names.fold(word) for word in _TITLES)
