"""Names as people write them, brought to one form for searching and comparing (`design.md` §4.9). Pure.

Persian keyboards give two kinds of ye and kaf, with or without half-spaces and vowel marks; the same
name is written with Latin letters in a dozen ways. `clean` tidies what is stored, `fold` is the form
that is compared, `skeleton` is the sound of a word in Latin consonants.
"""

import re
import unicodedata

from clinic_core.foundation.digits import to_latin

_LETTERS = str.maketrans(
	{
		"ي": "ی",
		"ى": "ی",
		"ې": "ی",
		"ك": "ک",
		"ڪ": "ک",
		"ہ": "ه",
		"ھ": "ه",
		"ە": "ه",
	}
)
# Forms that are different letters when written, but not when searched.
_FOLDED_LETTERS = str.maketrans(
	{
		"آ": "ا",
		"أ": "ا",
		"إ": "ا",
		"ٱ": "ا",
		"ؤ": "و",
		"ئ": "ی",
		"ۀ": "ه",
		"ة": "ه",
		"ء": "",
		"ـ": "",
		"ı": "i",
		"ß": "ss",
		"ø": "o",
		"æ": "ae",
		"đ": "d",
		"ł": "l",
		"ə": "e",
	}
)
_HALF_SPACES = re.compile("[\u200c\u200d\u00ad]")
_DIRECTION_MARKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_NOT_A_LETTER = re.compile(r"[\W_]+")
_HAN = re.compile(r"([\u3400-\u9fff\uf900-\ufaff])")
_ARABIC_SCRIPT = re.compile(r"[\u0600-\u06ff]")

_SOUNDS = str.maketrans(
	{
		"ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "s", "س": "s", "ص": "s", "ج": "j", "چ": "c",
		"ح": "h", "ه": "h", "خ": "x", "د": "d", "ذ": "z", "ز": "z", "ض": "z", "ظ": "z", "ر": "r",
		"ژ": "z", "ش": "$", "غ": "q", "ق": "q", "ف": "f", "ک": "k", "گ": "g", "ل": "l", "م": "m",
		"ن": "n", "و": "v", "ی": "y", "ا": "a", "ع": "a",
	}
)  # fmt: skip
_TURKISH = str.maketrans(
	{"ş": "sh", "Ş": "sh", "ç": "ch", "Ç": "ch", "ğ": "gh", "Ğ": "gh", "ž": "zh", "š": "sh", "č": "ch"}
)
_DIGRAPHS = (("kh", "x"), ("sh", "$"), ("ch", "c"), ("zh", "z"), ("gh", "q"), ("ph", "f"), ("ck", "k"))
_VOWELS = frozenset("aeiou")
_WEAK = frozenset("aeiouvwy")


def clean(text: str | None) -> str:
	"""Tidy a name for storing: Persian ye and kaf, single spaces, no direction marks.

	Half-spaces and vowel marks stay: they belong to the spelling.
	"""
	plain = unicodedata.normalize("NFC", text or "").translate(_LETTERS)
	parts = (part.strip("\u200c\u200d") for part in _DIRECTION_MARKS.sub("", plain).split())
	return " ".join(part for part in parts if part)


def fold(text: str | None) -> str:
	"""The form that is compared: one kind of every letter, no marks, no case, words by one space.

	A half-space joins: `علی‌رضا` and `علیرضا` are the same.
	"""
	plain = unicodedata.normalize("NFKD", _HALF_SPACES.sub("", clean(text))).casefold()
	bare = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
	folded = to_latin(bare.translate(_LETTERS).translate(_FOLDED_LETTERS))
	return " ".join(_NOT_A_LETTER.sub(" ", folded).split())


def words(text: str | None) -> list[str]:
	"""The words of a name, folded; each Chinese character is a word of its own."""
	return _HAN.sub(r" \1 ", fold(text)).split()


def heard(text: str | None) -> str:
	"""A name with the Turkish letters written as they sound: `Şirin` is `shirin` to who spells by ear."""
	return (text or "").translate(_TURKISH)


def sounds_like(name: str, typed: str) -> bool:
	"""Whether each typed word begins a word of a name, by letters or by sound; for short lists."""
	parts = words(name)
	sounds = [skeleton(word) for word in words(heard(name))]
	for word, sound in zip(words(typed), [skeleton(word) for word in words(heard(typed))], strict=True):
		by_letters = any(part.startswith(word) for part in parts)
		if not by_letters and not (len(sound) > 1 and any(one.startswith(sound) for one in sounds)):
			return False
	return True


def is_persian(word: str) -> bool:
	"""Whether a word is written in Arabic script."""
	return bool(_ARABIC_SCRIPT.search(word))


def skeleton(word: str) -> str:
	"""The sound of a folded word in consonants: `محمدی`, `mohammadi` and `Mohamadi` are `mhmd`.

	The first vowel counts as `a`, later vowels and half-vowels do not count, doubles count once.
	Words in other scripts have none: the result is empty.
	"""
	sound = word.translate(_SOUNDS)
	if not is_persian(word):
		for written, single in _DIGRAPHS:
			sound = sound.replace(written, single)
		sound = sound.replace("w", "v")
	if not sound or not all(c.isascii() for c in sound):
		return ""
	first = "a" if sound[0] in _VOWELS else sound[0]
	kept = first + "".join(c for c in sound[1:] if c not in _WEAK)
	return re.sub(r"(.)\1+", r"\1", kept)


def full_name(first_name: str | None, last_name: str | None, surname_first: bool = False) -> str:
	"""First and last name as one, tidied; Chinese names are written without a space (G15)."""
	parts = [part for part in (clean(first_name), clean(last_name)) if part]
	if surname_first:
		parts.reverse()
	is_chinese = len(parts) > 1 and all(_HAN.sub("", part) == "" for part in parts)
	return ("" if is_chinese and surname_first else " ").join(parts)
