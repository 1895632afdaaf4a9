"""Why somebody was found: the part of what is shown that fits what was typed (B19, G20). Pure.

A text is given as parts [text, is_hit], ready to be marked on any screen.
"""

from collections.abc import Callable

from clinic_core.foundation.digits import to_latin
from clinic_core.people import names, pinyin, tokens

Parts = list[tuple[str, bool]]


def in_name(shown: str, typed: str, match: str) -> Parts:
	"""Mark the part of a name that fits; of a name found by its sound, the words that sound alike."""
	if match == "name":
		return _marked(shown, _spelled_spans(shown, typed))
	if match in ("pinyin", "initials"):
		return _marked(shown, [(run.start(), run.end()) for run in pinyin.HAN.finditer(shown)])
	if match == "similar_name":
		return _marked(shown, _sounding_spans(shown, typed))
	return [(shown, False)]


def in_number(shown: str, typed: str, *, from_end: bool = False) -> Parts:
	"""Mark the typed digits in a number, whatever stands between them: at its end or its beginning."""
	spots = [at for at, letter in enumerate(shown) if letter.isalnum()]
	held = [to_latin(shown[at]).casefold() for at in spots]
	wanted = list(tokens.compact(typed))
	for given in (wanted, list("".join(wanted).lstrip("0"))):
		ends = (held[-len(given) :] == given, held[: len(given)] == given) if given else (False, False)
		if ends[0] and (from_end or not ends[1]):
			return _marked(shown, [(spots[-len(given)], spots[-1] + 1)])
		if ends[1]:
			return _marked(shown, [(spots[0], spots[len(given) - 1] + 1)])
	# 0098912… for a number shown as 0912…: what is left of it stands at the end.
	tail = _common_tail(held, wanted)
	return _marked(shown, [(spots[-tail], spots[-1] + 1)]) if tail >= tokens.MIN_TAIL else [(shown, False)]


def _common_tail(held: list[str], wanted: list[str]) -> int:
	count = 0
	while count < min(len(held), len(wanted)) and held[-1 - count] == wanted[-1 - count]:
		count += 1
	return count


def _spelled_spans(shown: str, typed: str) -> list[tuple[int, int]]:
	"""Where the typed words stand, as a whole from the start of a word, or else each at a word."""
	folded, at = _unfolded(shown, names.fold)
	starts = _word_starts(shown, at)
	whole = "".join(names.words(typed))
	for spot in starts:
		if whole and folded.startswith(whole, spot):
			return [(at[spot], at[spot + len(whole) - 1] + 1)]
	spans = []
	for word in names.words(typed):
		spot = next((spot for spot in starts if folded.startswith(word, spot)), None)
		if spot is not None:
			spans.append((at[spot], at[spot + len(word) - 1] + 1))
	return spans


def _sounding_spans(shown: str, typed: str) -> list[tuple[int, int]]:
	sounds = [names.skeleton(word) for word in names.words(names.heard(typed))]
	sounds = [sound for sound in [*sounds, "".join(sounds)] if len(sound) >= tokens.MIN_SOUND]
	spans, start = [], 0
	for word in shown.split():
		start = shown.index(word, start)
		heard = names.skeleton("".join(names.words(names.heard(word))))
		if heard and any(heard.startswith(sound) or sound.startswith(heard) for sound in sounds):
			spans.append((start, start + len(word)))
		start += len(word)
	return spans


def _unfolded(shown: str, fold: Callable[[str], str]) -> tuple[str, list[int]]:
	"""A text as it is compared, without spaces, and where each letter of it stands in the text."""
	folded, at = "", []
	for spot, letter in enumerate(shown):
		plain = fold(letter).replace(" ", "")
		folded += plain
		at += [spot] * len(plain)
	return folded, at


def _word_starts(shown: str, at: list[int]) -> list[int]:
	"""Spots of the compared text where a word begins, also after a half-space and at a Chinese character."""
	return [
		number
		for number, spot in enumerate(at)
		if (number == 0 or at[number - 1] != spot)
		and (spot == 0 or not shown[spot - 1].isalnum() or pinyin.HAN.match(shown[spot]))
	]


def _marked(shown: str, spans: list[tuple[int, int]]) -> Parts:
	"""Cut a text at spans; marks that follow the last letter (vowels) stay with it."""
	hits = [False] * len(shown)
	for start, end in spans:
		hits[start:end] = [True] * (end - start)
	parts: Parts = []
	for letter, hit in zip(shown, hits, strict=True):
		if parts and parts[-1][1] == hit:
			parts[-1] = (parts[-1][0] + letter, hit)
		else:
			parts.append((letter, hit))
	return parts or [(shown, False)]
