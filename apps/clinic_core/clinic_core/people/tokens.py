"""Search tokens: what is stored for a person, and what a typed text looks for. Pure.

All tokens are found by their beginning, so one index serves every kind of search (D05, B19):

- `name`: the name joined from each word on (`علیرضامحمدی`, `محمدی`), so that words, beginnings of
  words and names written together or apart are found alike
- `pinyin`, `initials`: a Chinese name in Latin letters, joined from each character on, and the first
  letters of these (`王小明`: `wangxiaoming`, `wxm`)
- `sound`: the consonants of the same, led by the script it is looked up by: `l` by Latin text, `p` by
  Persian text; a Persian name has `l`, a Latin one both
- `tail`: a phone number backwards, for its last digits; `phone`: the national number, for its first
- `code`: as it is, found as a whole, or its digits could be guessed one by one (F80)
- `file`: as it is; `number`: the figure at the end of a file number, found as a whole
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from clinic_core.foundation.digits import to_latin
from clinic_core.people import names, pinyin

# Grows when documents must be given new tokens: `search_keys.rebuild` writes what is missing.
VERSION = 2
MAX_LENGTH = 60
MAX_WORDS = 5
MIN_SOUND = 2
MIN_INITIALS = 2
MIN_TAIL = 3
MIN_CODE = 3
WHOLE_PHONE = 10
_SEPARATORS = re.compile(r"[\s\-().+/\u200c\u200e\u200f]")
_LAST_NUMBER = re.compile(r"0*(\d+)$")


class Token(NamedTuple):
	"""One row of the search table."""

	kind: str
	token: str


class Look(NamedTuple):
	"""One thing to look for: tokens of `kind` that begin with `text` (or are it, when `whole`)."""

	kind: str
	text: str
	whole: bool = False


class Plan(NamedTuple):
	"""How a typed text is searched: any of `either`, or all of `words` at once.

	Each word of `words` may be found in several ways.
	"""

	either: list[Look]
	words: list[list[Look]]


def compact(text: str | None) -> str:
	"""A code or file number in the form it is compared: Latin digits, no separators, no case."""
	return _SEPARATORS.sub("", to_latin(text or "")).casefold()[:MAX_LENGTH]


def name_tokens(name: str) -> set[Token]:
	"""Tokens of one name."""
	found = {Token("name", joined) for joined in _joined(names.words(name))}
	for joined in _joined(names.words(names.heard(name))):
		if len(sound := names.skeleton(joined)) >= MIN_SOUND:
			# Latin letters spell a name in a dozen ways: it is found by its sound in its own script, too.
			leads = "l" if names.is_persian(joined) else "pl"
			found |= {Token("sound", lead + sound) for lead in leads}
	for han in pinyin.HAN.findall(name):
		found |= _pinyin_tokens(han)
	return found


def _joined(parts: list[str]) -> list[str]:
	"""The words written as one, from each of them on."""
	return ["".join(parts[i:])[:MAX_LENGTH] for i in range(len(parts))]


def _pinyin_tokens(han: str) -> set[Token]:
	found = set()
	for syllables in pinyin.variants(han):
		found |= {Token("pinyin", joined) for joined in _joined(syllables)}
		letters = [syllable[0] for syllable in syllables]
		found |= {Token("initials", short) for short in _joined(letters) if len(short) >= MIN_INITIALS}
	return found


def phone_tokens(e164: str, national: str) -> set[Token]:
	"""Tokens of one number: `e164` with its plus sign, `national` without the leading zero."""
	return {Token("tail", e164.lstrip("+")[::-1]), Token("phone", national)}


def code_tokens(code: str) -> set[Token]:
	"""Token of a national or other code."""
	return {Token("code", compact(code))} if compact(code) else set()


def file_tokens(file_no: str) -> set[Token]:
	"""Tokens of a file number: itself, and the figure it ends in."""
	plain = compact(file_no)
	if not plain:
		return set()
	number = _LAST_NUMBER.search(_SEPARATORS.split(to_latin(file_no).strip())[-1])
	return {Token("file", plain)} | ({Token("number", number[1])} if number else set())


def plan(text: str) -> Plan | None:
	"""What to look for when somebody types `text`; None when there is nothing to look for."""
	plain = compact(text)
	if not plain:
		return None
	if plain.isdigit():
		return Plan(_number_looks(plain), [])
	parts = names.words(text)[:MAX_WORDS]
	if not parts:
		return None
	heard = names.words(names.heard(text))[:MAX_WORDS]
	either = _word_looks("".join(parts), "".join(heard))
	if any(c.isdigit() for c in plain):
		either += [Look("file", plain), Look("code", plain, whole=True)]
	return Plan(either, [_word_looks(*word) for word in zip(parts, heard, strict=True)])


def without_telling_digits(plan: Plan) -> Plan:
	"""The same for who sees phones hidden (F80): by a whole number, or by the digits that are shown anyway.

	Else the hidden ones could be tried one by one.
	"""
	return Plan([look for look in plan.either if _tells_nothing(look)], plan.words)


def _tells_nothing(look: Look) -> bool:
	shown = {"tail": 4, "phone": 3}.get(look.kind)
	return shown is None or len(look.text) <= shown or len(look.text) >= WHOLE_PHONE


def _number_looks(digits: str) -> list[Look]:
	looks = [Look("file", digits), Look("number", digits.lstrip("0") or "0", whole=True)]
	if len(digits) >= MIN_TAIL:
		looks.append(Look("tail", digits[::-1]))
	if len(digits) >= MIN_CODE:
		looks.append(Look("code", digits, whole=True))
	if digits.startswith("0") and len(national := digits.lstrip("0")) >= MIN_TAIL:
		# 0912… is typed, 0098912… comes from a contact list: both without the zeros.
		looks += [Look("phone", national), Look("tail", national[::-1])]
	elif len(digits) >= MIN_TAIL:
		looks.append(Look("phone", digits))
	return looks


def _word_looks(word: str, heard: str) -> list[Look]:
	looks = [Look("name", word[:MAX_LENGTH])]
	if pinyin.HAN.search(word):
		# A file may have the name in Latin letters, or another character of the same sound.
		latin = pinyin.spelled(word)[:MAX_LENGTH]
		return [*looks, Look("name", latin), Look("pinyin", latin)]
	if word.isascii():
		looks.append(Look("pinyin", word[:MAX_LENGTH]))
		if len(word) >= MIN_INITIALS:
			looks.append(Look("initials", word))
	if len(sound := names.skeleton(heard[:MAX_LENGTH])) >= MIN_SOUND:
		looks.append(Look("sound", ("p" if names.is_persian(word) else "l") + sound))
	return looks


def all_tokens(
	names_: Iterable[str],
	phones: Iterable[tuple[str, str]],
	codes: Iterable[str],
	files: Iterable[str],
) -> set[Token]:
	"""Every token of a person; phones are pairs of E.164 and national number."""
	found: set[Token] = set()
	for name in names_:
		found |= name_tokens(name or "")
	for e164, national in phones:
		found |= phone_tokens(e164, national)
	for code in codes:
		found |= code_tokens(code or "")
	for file_no in files:
		found |= file_tokens(file_no or "")
	return found
