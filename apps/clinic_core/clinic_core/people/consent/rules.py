"""Whether a person's data may be used for a purpose: the decision itself (N15, E004, E010, E011). Pure.

Order of what is looked at; the first that speaks decides:
1. an erased person, 2. a blocked file, 3. a deny of another app, 4. Do Not Contact, 5. an answer of the
person against it, 6. a missing answer where one is needed, unless another app allows it. An allow stands for
a missing answer only; it never overrules what the person said.
"""

import datetime
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from clinic_core.people.consent.purposes import (
	GIVEN,
	MARKETING,
	NOT_NEEDED,
	OPT_IN,
	REFUSED,
	SURVEY,
	WITHDRAWN,
)

ERASED, BLOCKED, DENIED = "erased", "blocked", "denied"
DO_NOT_CONTACT, NO_CONSENT, UNKNOWN_PERSON = "do_not_contact", "no_consent", "unknown_person"
REFUSED_CODE, WITHDRAWN_CODE, UNSURE = "refused", "withdrawn", "unsure"
NO_ADDRESS = "no_address"

ALLOW, DENY = "allow", "deny"
ADVERTISING, EVERYTHING = "Advertising", "Everything"
ALL_CHANNELS = "All"
ADVERTISING_PURPOSES = frozenset({MARKETING, SURVEY})

_AGAINST = {REFUSED: REFUSED_CODE, WITHDRAWN: WITHDRAWN_CODE}
_STRICTNESS = {WITHDRAWN: 0, REFUSED: 1, GIVEN: 2}


@dataclass(frozen=True)
class Answer:
	"""One recorded answer of a person; `file` is the patient's file it was recorded on, "" for others."""

	decision: str
	at: datetime.datetime
	file: str = ""


@dataclass(frozen=True)
class Facts:
	"""What the gate knows of a person for one purpose."""

	is_known: bool = True
	is_erased: bool = False
	is_blocked: bool = False
	decision: str | None = None
	mode: str = OPT_IN
	is_advertising_unwanted: bool = False
	opinions: frozenset[str] = frozenset()
	is_unsure: bool = False


def why_not(purpose: str, facts: Facts) -> str | None:
	"""The code of what stands against the purpose; None when the data may be used for it."""
	if not facts.is_known:
		return UNKNOWN_PERSON
	if facts.is_erased:
		return ERASED
	if facts.is_blocked:
		return BLOCKED
	if facts.is_unsure:
		return UNSURE
	if DENY in facts.opinions:
		return DENIED
	if purpose in ADVERTISING_PURPOSES and facts.is_advertising_unwanted:
		return DO_NOT_CONTACT
	return _consent(facts)


def _consent(facts: Facts) -> str | None:
	if facts.mode == NOT_NEEDED:
		return None
	if facts.decision in _AGAINST:
		return _AGAINST[facts.decision]
	if facts.mode == OPT_IN and facts.decision != GIVEN and ALLOW not in facts.opinions:
		return NO_CONSENT
	return None


def current(answers: Iterable[Answer], merged_at: datetime.datetime | None = None) -> Answer | None:
	"""The answer that holds: the latest. `answers` in the order they were recorded.

	After a merge the stricter of the two files' answers holds until the person is asked anew (N6).
	"""
	ordered = sorted(answers, key=lambda answer: answer.at)
	if not ordered:
		return None
	latest = ordered[-1]
	if merged_at is None or latest.at > merged_at:
		return latest
	of_file = {answer.file: answer for answer in ordered}
	return min(of_file.values(), key=lambda answer: _STRICTNESS[answer.decision])


@dataclass(frozen=True)
class Unwanted:
	"""An entry of Do Not Contact: the channel it closes and how far."""

	channel: str
	scope: str


def is_channel_closed(entries: Iterable[Unwanted], channel: str, purpose: str | None) -> bool:
	"""Whether an address may not be used on a channel; `purpose` None: what the person needs (a receipt)."""
	return any(
		entry.channel in (channel, ALL_CHANNELS)
		and (entry.scope == EVERYTHING or purpose in ADVERTISING_PURPOSES)
		for entry in entries
	)


def is_advertising_closed(entries: Mapping[str, Collection[Unwanted]], addresses: Collection[str]) -> bool:
	"""Whether advertising is unwanted at every address the person has, on all channels."""
	return bool(addresses) and all(
		any(entry.channel == ALL_CHANNELS for entry in entries.get(address, ())) for address in addresses
	)
