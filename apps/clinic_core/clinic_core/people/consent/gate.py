"""The single gate: may this person's data be used for this purpose? (N15, E004, E010, E011)

Whoever sends, publishes, hands over or lists people for a purpose asks here, one person or many at once.
The decision is in `rules.py`; here its facts are gathered, in a constant number of queries.

`person` is (DocType, name): a Clinic Patient, or what an app answers for in the hook `clinic_persons`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

import frappe
from frappe import _

from clinic_core.foundation import events
from clinic_core.messaging.doctype.clinic_do_not_contact import clinic_do_not_contact as register
from clinic_core.people import states
from clinic_core.people.consent import people, rules, wording
from clinic_core.people.consent.modes import mode_of
from clinic_core.people.consent.people import Known, Person
from clinic_core.people.consent.purposes import LABELS

CONSENT = "Clinic Consent"


class PurposeRefusedError(frappe.ValidationError):
	"""The person's data may not be used for this."""

	http_status_code = 403


def may_use(person: Person, purpose: str) -> bool:
	"""Whether the person's data may be used for `purpose` (a code of `purposes.py`)."""
	return why_not(person, purpose) is None


def why_not(person: Person, purpose: str) -> str | None:
	"""The code of what stands against it, None when it may be used."""
	return why_not_many([person], purpose)[tuple(person)]


def may_use_many(persons: Iterable[Person], purpose: str) -> dict[Person, bool]:
	"""The same for many, in the same number of queries as for one."""
	return {person: code is None for person, code in why_not_many(persons, purpose).items()}


def require(person: Person, purpose: str) -> None:
	"""Go on only if the person's data may be used for it. Raises PurposeRefusedError that says why not."""
	code = why_not(person, purpose)
	if code:
		refuse(code)


def refuse(code: str) -> NoReturn:
	"""Say why not. Raises PurposeRefusedError."""
	frappe.throw(wording.sentence(code), PurposeRefusedError, title=_("Not allowed"))


@dataclass(frozen=True)
class Look:
	"""What is known of some persons, gathered once for several questions."""

	known: dict[Person, Known]
	answers: dict[str, dict[Person, rules.Answer]]
	unwanted: dict[str, list[rules.Unwanted]]


def look_at(persons: Iterable[Person]) -> Look:
	"""Gather it, in a constant number of queries; `answers` by the stored label of the purpose."""
	known = people.look_up(tuple(person) for person in persons)
	addresses = {address for one in known.values() for address in one.addresses}
	return Look(known, _answers(known), unwanted_of(addresses))


def why_not_many(
	persons: Iterable[Person], purpose: str, look: Look | None = None
) -> dict[Person, str | None]:
	"""Person → the code of what stands against `purpose`, None when nothing does."""
	if purpose not in LABELS:
		raise ValueError(f"unknown purpose {purpose!r}")
	wanted = [tuple(person) for person in persons]
	if not wanted:
		return {}
	look = look or look_at(wanted)
	answers = look.answers.get(LABELS[purpose], {})
	opinions, is_unsure = _opinions(wanted, purpose)
	mode = mode_of(purpose)
	return {
		person: rules.why_not(
			purpose,
			rules.Facts(
				is_known=look.known[person].is_known,
				is_erased=states.ERASED in look.known[person].statuses,
				is_blocked=states.BLOCKED in look.known[person].statuses,
				decision=answers[person].decision if person in answers else None,
				mode=mode,
				is_advertising_unwanted=rules.is_advertising_closed(
					look.unwanted, look.known[person].addresses
				),
				opinions=frozenset(opinions[person]),
				is_unsure=is_unsure,
			),
		)
		for person in wanted
	}


def _answers(known: dict[Person, Known]) -> dict[str, dict[Person, rules.Answer]]:
	"""Purpose → person → the answer that holds."""
	owners: dict[str, set[Person]] = defaultdict(set)
	for person, one in known.items():
		for _doctype, name in one.documents:
			owners[name].add(person)
	rows = frappe.get_all(
		CONSENT,
		{"person_name": ("in", sorted(owners)), "purpose": ("in", sorted(LABELS.values()))},
		["person_doctype", "person_name", "purpose", "decision", "at"],
		order_by="at asc, creation asc, name asc",
		limit_page_length=0,
	)
	found: dict[str, dict[Person, list[rules.Answer]]] = defaultdict(lambda: defaultdict(list))
	for row in rows:
		document = (row.person_doctype, row.person_name)
		file = row.person_name if row.person_doctype == people.PATIENT else ""
		for person in owners[row.person_name]:
			if document in known[person].documents:
				found[row.purpose][person].append(rules.Answer(row.decision, row.at, file))
	merges = people.merged_at(name for one in known.values() for name in people.patients_of(one))
	last_merge = {
		person: max((merges[name] for name in people.patients_of(one) if name in merges), default=None)
		for person, one in known.items()
	}
	return {
		purpose: {
			person: answer
			for person, given in by_person.items()
			if (answer := rules.current(given, last_merge[person]))
		}
		for purpose, by_person in found.items()
	}


def unwanted_of(addresses: set[str]) -> dict[str, list[rules.Unwanted]]:
	"""Address → the entries of Do Not Contact that hold."""
	return register.entries_of(addresses)


def _opinions(persons: list[Person], purpose: str) -> tuple[dict[Person, set[str]], bool]:
	"""What other apps say (hook `clinic_may_use`), and whether one of them could not answer.

	A handler gets `persons` as [[doctype, name]] and `purpose`, and returns [[doctype, name, "allow" or
	"deny"]] for those it has an opinion on. One that fails closes the gate for all: nobody knows what it
	would have said.
	"""
	found: dict[Person, set[str]] = defaultdict(set)
	handlers = frappe.get_hooks("clinic_may_use")
	replies = events.gather("clinic_may_use", persons=[list(person) for person in persons], purpose=purpose)
	for reply in replies:
		for doctype, name, opinion in reply:
			found[doctype, name].add(opinion)
	return found, len(replies) < len(handlers)
