"""Rows of patients and contacts, with the tokens they are found by. Pure."""

from collections.abc import Iterator
from functools import cache

from clinic_core.people import tokens
from clinic_core.people.identity import kinds, mask
from clinic_core.people.identity.kinds import Identity

from tests.bench.data.rows import CHILD, RECEPTION, Row, Table, head
from tests.bench.data.staff import user

PATIENT, CONTACT, IDENTITY = "Clinic Patient", "Clinic Contact", "Clinic Patient Identity"
# Choices of the file that nobody made.
_UNSAID = ("salutation", "marital_status", "name_order", "preferred_channel", "preferred_hours")


def patients(world) -> Iterator[Row]:
	"""Clinic Patient."""
	for number in range(world.size.patients):
		p = world.people.get(number)
		yield (
			*head(p.name, p.created, RECEPTION),
			p.first_name,
			p.last_name,
			p.full_name,
			p.file_no,
			p.mobile,
			p.gender,
			p.birth_date,
			mask.mask(p.national_code) if p.national_code else None,
			kinds.NATIONAL_CODE if p.national_code else None,
			p.referral_source,
			p.branch,
			p.city,
			p.alerts,
			"Active",
			"Individual",
			*[""] * len(_UNSAID),
		)


def phones(world) -> Iterator[Row]:
	"""Clinic Patient Phone: each patient's mobile is the main number."""
	for number in range(world.size.patients):
		p = world.people.get(number)
		place = (p.name, PATIENT, "phones", 1)
		yield (*head(f"bf-{number:07d}", p.created, RECEPTION), *place, p.mobile, "Mobile", 1)


def identities(world) -> Iterator[Row]:
	"""Clinic Patient Identity: the national codes behind the masks."""
	for number in range(world.size.patients):
		p = world.people.get(number)
		if p.national_code:
			identity = Identity(kinds.NATIONAL_CODE, p.national_code)
			yield (*head(p.name, p.created, RECEPTION), p.name, identity.kind, identity.number, identity.key)


def contacts(world) -> Iterator[Row]:
	"""Clinic Contact."""
	agent = user("agent01")
	for number in range(world.pipeline.contacts):
		c = world.pipeline.contact(number)
		yield (
			*head(c.name, c.created, agent),
			c.first_name,
			c.last_name,
			c.full_name,
			c.mobile,
			"تهران",
			c.channel,
			world.branches[0],
		)


@cache
def _of_name(full_name: str) -> tuple[tokens.Token, ...]:
	return tuple(tokens.all_tokens([full_name], [], [], []))


def patient_tokens(p) -> list[tokens.Token]:
	"""What a patient is found by: exactly what `search_keys.refresh` would write, in its order."""
	own = tokens.phone_tokens(p.mobile, p.mobile[3:]) | tokens.file_tokens(p.file_no)
	if p.national_code:
		own |= tokens.code_tokens(p.national_code)
	return sorted({*_of_name(p.full_name), *own})


def contact_tokens(c) -> list[tokens.Token]:
	"""What a contact is found by."""
	return sorted({*_of_name(c.full_name), *tokens.phone_tokens(c.mobile, c.mobile[3:])})


def search_keys(world) -> Iterator[Row]:
	"""Clinic Search Key of patients, then of contacts."""
	count = 0
	for number in range(world.size.patients):
		p = world.people.get(number)
		for token in patient_tokens(p):
			count += 1
			yield (
				*head(f"bk-{count:08d}", p.created, RECEPTION),
				PATIENT,
				p.name,
				token.kind,
				token.token,
			)
	agent = user("agent01")
	for number in range(world.pipeline.contacts):
		c = world.pipeline.contact(number)
		for token in contact_tokens(c):
			count += 1
			yield (*head(f"bk-{count:08d}", c.created, agent), CONTACT, c.name, token.kind, token.token)


TABLES = [
	Table(
		PATIENT,
		(
			"first_name",
			"last_name",
			"full_name",
			"file_no",
			"mobile",
			"gender",
			"birth_date",
			"national_code",
			"identity_kind",
			"referral_source",
			"branch",
			"city",
			"alerts",
			"status",
			"person_kind",
			*_UNSAID,
		),
		patients,
		lambda world: world.size.patients,
	),
	Table(
		"Clinic Patient Phone",
		(*CHILD, "phone", "kind", "is_main"),
		phones,
		lambda world: world.size.patients,
	),
	Table(
		IDENTITY,
		("patient", "kind", "number", "unique_key"),
		identities,
		lambda world: world.size.patients * 7 // 8,
	),
	Table(
		CONTACT,
		("first_name", "last_name", "full_name", "mobile", "city", "channel", "branch"),
		contacts,
		lambda world: world.pipeline.contacts,
	),
	Table(
		"Clinic Search Key",
		("reference_doctype", "reference_name", "kind", "token"),
		search_keys,
		lambda world: world.size.patients * 9 + world.pipeline.contacts * 6,
	),
]
