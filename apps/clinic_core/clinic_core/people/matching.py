"""How likely two people are the same one (N6, F66). Pure.

Families share phones, twins a birth date as well, and names repeat (G20), so none of them alone decides;
an identity number does.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz import fuzz

from clinic_core.people import names

REPORT_FROM = 40
"""Below this score nobody is bothered."""
SUGGEST_FROM = 70
"""From this score on two files are suggested for merging: a name and something more have to agree."""

# Codes of the reasons.
SAME_NATIONAL_CODE = "same_national_code"
SAME_PHONE = "same_phone"
SAME_NAME = "same_name"
SIMILAR_NAME = "similar_name"
SAME_BIRTH_DATE = "same_birth_date"

_SIMILAR = 0.8
_SOUNDS_ALIKE = 0.9


@dataclass(frozen=True)
class Person:
	"""What is known of somebody; phones in E.164, the birth date as text."""

	full_name: str
	phones: frozenset[str] = frozenset()
	national_code: str = ""
	birth_date: str = ""
	gender: str = ""
	identity_kind: str = ""


@dataclass(frozen=True)
class Likeness:
	"""Score from 0 to 100 and the codes of the reasons, strongest first."""

	score: int
	why: tuple[str, ...] = field(default_factory=tuple)


def name_likeness(one: str, other: str) -> float:
	"""How alike two names are, 0 to 1: spelling, order of words, script and sound are allowed for."""
	first, second = list(_words(one)), list(_words(other))
	if not first or not second:
		return 0.0
	joined, turned = "".join(first), "".join(sorted(first))
	if joined == "".join(second) or turned == "".join(sorted(second)):
		return 1.0
	if len(first) == len(second) > 1:
		likeness = max(_weakest(first, second), _weakest(sorted(first), sorted(second)))
	else:
		likeness = max(_ratio(joined, "".join(second)), _ratio(turned, "".join(sorted(second))))
	if _sound(first) and _sound(first) == _sound(second):
		likeness = max(likeness, _SOUNDS_ALIKE)
	return likeness


def _weakest(one: list[str], other: list[str]) -> float:
	"""Word by word: a family name in common does not make two first names alike."""
	return min(_ratio(left, right) for left, right in zip(one, other, strict=True))


def _ratio(one: str, other: str) -> float:
	return fuzz.ratio(one, other) / 100


@lru_cache(maxsize=8192)
def _words(name: str) -> tuple[str, ...]:
	return tuple(names.words(name))


def compare(one: Person, other: Person) -> Likeness:
	"""Score two people. Two identity numbers of one kind are two people, whatever else agrees."""
	if one.national_code and other.national_code and _is_one_kind(one, other):
		if one.national_code == other.national_code:
			return Likeness(100, (SAME_NATIONAL_CODE,))
		return Likeness(0)
	likeness = name_likeness(one.full_name, other.full_name)
	same_phone = bool(one.phones & other.phones)
	same_birth = bool(one.birth_date) and one.birth_date == other.birth_date
	score, why = _score(likeness, same_phone, same_birth)
	if one.birth_date and other.birth_date and not same_birth:
		score //= 2
	if one.gender and other.gender and one.gender != other.gender:
		score //= 2
	return Likeness(score, why if score else ())


def _is_one_kind(one: Person, other: Person) -> bool:
	"""Whether two numbers can be compared; one whose kind is not told is of the other's."""
	return one.identity_kind == other.identity_kind or not (one.identity_kind and other.identity_kind)


def rank(
	person: Person, others: Iterable[tuple[str, Person]], threshold: int = REPORT_FROM
) -> list[tuple[str, Likeness]]:
	"""Those of `others` (key, person) that may be `person`, most likely first."""
	scored = [(key, compare(person, other)) for key, other in others]
	return sorted(
		[(key, likeness) for key, likeness in scored if likeness.score >= threshold],
		key=lambda pair: (-pair[1].score, pair[0]),
	)


def _score(likeness: float, same_phone: bool, same_birth: bool) -> tuple[int, tuple[str, ...]]:
	score, why = 0, []
	is_alike = likeness >= _SIMILAR
	if is_alike:
		score += round(60 * likeness)
		why.append(SAME_NAME if likeness == 1 else SIMILAR_NAME)
	if same_phone:
		score += 40
		why.append(SAME_PHONE)
	if same_birth and is_alike:  # without the name they are twins with a mother's phone
		score += 30
		why.append(SAME_BIRTH_DATE)
	return min(score, 99), tuple(why)


def _sound(parts: list[str]) -> str:
	return " ".join(sorted(names.skeleton(word) for word in parts)).strip()
