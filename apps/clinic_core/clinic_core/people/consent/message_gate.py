"""May a message or call of this kind go to this person on this channel? (N15, E011)

The outbox, the call buttons and every list of receivers ask here. A message that the person needs (a
receipt, a code, the answer to a question) has no purpose of advertising: only a blocked or erased file and a
number that wants nothing at all stand against it.
"""

from collections.abc import Iterable

from clinic_core.people import states
from clinic_core.people.consent import gate, people, rules
from clinic_core.people.consent.people import Known, Person
from clinic_core.people.consent.purposes import MARKETING, REMINDER, SURVEY

CALL, SMS, WHATSAPP, EMAIL = "Call", "SMS", "WhatsApp", "Email"
CHANNELS = (CALL, SMS, WHATSAPP, EMAIL)
TRANSACTIONAL = "transactional"
KINDS = {REMINDER: REMINDER, MARKETING: MARKETING, SURVEY: SURVEY, TRANSACTIONAL: None}
"""Kind of message → the purpose it needs."""


def may_send(person: Person, channel: str, kind: str) -> tuple[bool, str | None]:
	"""(whether, the code of why not) for one person."""
	return may_send_many([person], channel, kind)[tuple(person)]


def may_send_many(
	persons: Iterable[Person], channel: str, kind: str, look: gate.Look | None = None
) -> dict[Person, tuple[bool, str | None]]:
	"""The same for many, in a constant number of queries."""
	if channel not in CHANNELS or kind not in KINDS:
		raise ValueError(f"unknown channel {channel!r} or kind {kind!r}")
	wanted = [tuple(person) for person in persons]
	purpose = KINDS[kind]
	look = look or gate.look_at(wanted)
	against = gate.why_not_many(wanted, purpose, look) if purpose else {}
	found = {}
	for person in wanted:
		code = against.get(person) or _closed(look.known[person], channel, purpose, look.unwanted)
		found[person] = (code is None, code)
	return found


def require(person: Person, channel: str, kind: str) -> None:
	"""Go on only if it may be sent. Raises PurposeRefusedError that says why not."""
	may, code = may_send(person, channel, kind)
	if not may:
		gate.refuse(code or rules.UNSURE)


def open_addresses(person: Person, channel: str, kind: str) -> list[str]:
	"""The person's numbers (or e-mails) that may be used; empty when none may."""
	known = people.look_up([tuple(person)])[tuple(person)]
	if not may_send(person, channel, kind)[0]:
		return []
	unwanted = gate.unwanted_of(known.addresses)
	return [
		address
		for address in sorted(_addresses(known, channel))
		if not rules.is_channel_closed(unwanted.get(address, ()), channel, KINDS[kind])
	]


def _closed(
	one: Known, channel: str, purpose: str | None, unwanted: dict[str, list[rules.Unwanted]]
) -> str | None:
	if not one.is_known:
		return rules.UNKNOWN_PERSON
	if states.ERASED in one.statuses:
		return rules.ERASED
	if states.BLOCKED in one.statuses:
		return rules.BLOCKED
	addresses = _addresses(one, channel)
	if not addresses:
		return rules.NO_ADDRESS
	if all(rules.is_channel_closed(unwanted.get(address, ()), channel, purpose) for address in addresses):
		return rules.DO_NOT_CONTACT
	return None


def _addresses(one: Known, channel: str) -> set[str]:
	return one.emails if channel == EMAIL else one.phones


def opinion_of_form(person: Person, look: gate.Look | None = None) -> list[dict[str, str | bool | None]]:
	"""Rows {channel, kind, may, why} for the line “Can we contact?” of a form."""
	look, rows = look or gate.look_at([person]), []
	for channel, kind in ((CALL, MARKETING), (SMS, REMINDER), (SMS, MARKETING), (EMAIL, MARKETING)):
		may, code = may_send_many([person], channel, kind, look)[tuple(person)]
		if code == rules.NO_ADDRESS and channel == EMAIL:
			continue
		rows.append({"channel": channel, "kind": kind, "may": may, "why": code})
	return rows
