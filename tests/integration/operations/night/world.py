"""What a night finds in the morning of a busy clinic, written in bulk, the same for the same seed.

Past appointments that nobody received, some of them sessions of a plan with absences allowed and
exceeded, holds that are over, entitlements past their last day, leads that wait for these appointments
and leads closed yesterday. Every name is fixed, so that two runs over the same world can be compared.
"""

import datetime
import random

import frappe
from frappe.utils import now_datetime

from tests.integration.scheduling.conftest import build_world

TAG = "NIGHT"
PLANS_OF_TEN, LEADS_OF_TEN, HOLDS_OF_TEN = 2, 4, 1
SESSIONS = 4


class World:
	"""Collects rows per DocType and writes them at once."""

	def __init__(self, appointments, seed):
		self.random = random.Random(seed)
		self.today = now_datetime().replace(hour=0, minute=0, second=0, microsecond=0)
		self.count = appointments
		self.rows = {}
		self.base = build_world(frappe, TAG)

	def add(self, doctype, name, **values):
		"""Keep one row; its name is its own."""
		self.rows.setdefault(doctype, []).append({"name": f"{TAG.lower()}-{name}", **values})
		return f"{TAG.lower()}-{name}"

	def write(self):
		"""Insert all rows, doctype by doctype."""
		stamp = self.today - datetime.timedelta(days=100)
		common = {
			"creation": stamp,
			"modified": stamp,
			"owner": "Administrator",
			"modified_by": "Administrator",
		}
		for doctype, rows in self.rows.items():
			columns = [*common, *dict.fromkeys(key for row in rows for key in row)]
			values = [[{**common, **row}.get(column) for column in columns] for row in rows]
			frappe.db.bulk_insert(doctype, columns, values, chunk_size=2000)

	def past(self, days_ago=None):
		"""A moment of a past day, on a grid of five minutes."""
		days = days_ago or self.random.randint(1, 40)
		at = datetime.timedelta(hours=self.random.randint(8, 17), minutes=5 * self.random.randint(0, 11))
		return self.today - datetime.timedelta(days=days) + at


def build(appointments=400, seed=1):
	"""Write the world; the caller commits."""
	world = World(appointments, seed)
	patients = [_patient(world, number) for number in range(max(appointments // 10, 5))]
	for number in range(appointments):
		patient = patients[number % len(patients)]
		kind = number % 10
		if kind < PLANS_OF_TEN:
			_plan(world, number, patient)
		elif kind < PLANS_OF_TEN + LEADS_OF_TEN:
			_lead_with_appointment(world, number, patient)
		elif kind < PLANS_OF_TEN + LEADS_OF_TEN + HOLDS_OF_TEN:
			_appointment(
				world, f"hold-{number}", patient, world.past(), status="Held", hold_until=world.past()
			)
		else:
			_appointment(world, f"plain-{number}", patient, world.past())
	_others(world, patients)
	world.write()


def _patient(world, number):
	return world.add(
		"Clinic Patient",
		f"patient-{number}",
		first_name="Night",
		last_name=f"{number}",
		full_name=f"Night {number}",
		gender="Female",
		status="Active",
	)


def _appointment(world, name, patient, start, **values):
	end = start + datetime.timedelta(minutes=30)
	row = {"status": world.random.choice(["Booked", "Confirmed"]), "service": world.base.visit, **values}
	appointment = world.add(
		"Clinic Appointment",
		name,
		patient=patient,
		practitioner=world.base.doctor,
		branch=world.base.branch,
		start=start,
		end=end,
		duration_minutes=30,
		**row,
	)
	cell = int(start.timestamp() // 300)
	for offset in range(6):
		world.add(
			"Clinic Time Claim",
			f"claim-{name}-{offset}",
			resource_key=f"NIGHT:{name}",
			cell=cell + offset,
			seat=0,
			appointment=appointment,
		)
	return appointment


def _plan(world, number, patient):
	"""A plan whose sessions were missed on different days: some, one absence allowed; or all, none allowed."""
	is_lost = world.random.random() < 0.3
	entitlement = world.add(
		"Clinic Entitlement",
		f"right-{number}",
		title=f"Course × {SESSIONS}",
		patient=patient,
		service=world.base.course,
		status="Active",
		quantity=SESSIONS,
		value=SESSIONS * 1000,
		unit_value=1000,
		valid_from=world.today - datetime.timedelta(days=100),
		valid_to=world.today + datetime.timedelta(days=9),
	)
	_entry(world, f"grant-{number}", entitlement, patient, "Grant", SESSIONS, "Clinic Patient", patient)
	plan = world.add(
		"Clinic Session Plan",
		f"plan-{number}",
		title=f"Plan {number}",
		patient=patient,
		service=world.base.course,
		status="Active",
		first_date=world.today - datetime.timedelta(days=50),
		session_count=SESSIONS,
		interval_days=7,
		allowed_absence_count=0 if is_lost else 1,
		entitlement=entitlement,
	)
	missed = SESSIONS if is_lost else world.random.randint(1, SESSIONS - 1)
	days = sorted(world.random.sample(range(1, 30), missed), reverse=True)
	for session_no in range(1, SESSIONS + 1):
		values = {
			"session_plan": plan,
			"session_no": session_no,
			"patient": patient,
			"service": world.base.course,
			"entitlement": entitlement,
			"title": f"Session {session_no}",
			"status": "Planned",
			"date": (world.today + datetime.timedelta(days=session_no)).date(),
		}
		name = f"session-{number}-{session_no}"
		if session_no <= missed:
			start = world.past(days[session_no - 1])
			appointment = _appointment(
				world,
				f"of-{name}",
				patient,
				start,
				session=f"{TAG.lower()}-{name}",
				service=world.base.course,
			)
			_entry(
				world,
				f"reserve-{number}-{session_no}",
				entitlement,
				patient,
				"Reserve",
				-1,
				"Clinic Appointment",
				appointment,
			)
			values |= {"status": "Booked", "appointment": appointment, "date": start.date()}
		world.add("Clinic Session", name, **values)


def _entry(world, name, entitlement, patient, kind, quantity, doctype, reference):
	world.add(
		"Clinic Entitlement Entry",
		name,
		entitlement=entitlement,
		patient=patient,
		service=world.base.course,
		kind=kind,
		quantity=quantity,
		reference_doctype=doctype,
		reference_name=reference,
		posted_at=world.today,
	)


def _lead_with_appointment(world, number, patient):
	"""An opportunity that waits for its appointment, which names it as its origin or not."""
	lead = f"{TAG.lower()}-lead-{number}"
	origin = {"origin_doctype": "Clinic Lead", "origin_name": lead} if number % 2 else {}
	appointment = _appointment(world, f"of-lead-{number}", patient, world.past(), **origin)
	world.add(
		"Clinic Lead",
		f"lead-{number}",
		title=f"Lead {number}",
		status="New Opportunity",
		priority="Normal",
		person_type="Patient",
		patient=patient,
		person_name="Night",
		appointment=appointment,
	)


def _others(world, patients):
	"""What the night must leave alone, and what only its other parts move."""
	for number in range(max(world.count // 20, 5)):
		patient = patients[number % len(patients)]
		_appointment(world, f"future-{number}", patient, world.past() + datetime.timedelta(days=60))
		_appointment(world, f"done-{number}", patient, world.past(), status="Completed")
		world.add(
			"Clinic Entitlement",
			f"due-{number}",
			title="Due",
			patient=patient,
			service=world.base.visit,
			status="Active",
			quantity=1,
			value=1000,
			unit_value=1000,
			valid_to=world.today - datetime.timedelta(days=number % 3),
		)
		world.add(
			"Clinic Lead",
			f"closed-{number}",
			title=f"Closed {number}",
			status="Closed Opportunity",
			priority="Normal",
			person_type="Patient",
			patient=patient,
			person_name="Night",
			closed_at=world.past(number % 6 + 1),
		)
