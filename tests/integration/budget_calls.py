"""One real call of every endpoint on the demo clinic, for counting its statements. Data and helpers.

Each entry says who calls and with what; a record that a call needs in some state is looked for among
the demo's, or brought into that state first. All of it is rolled back.
"""

import base64
import io
import json

from PIL import Image

from tests.integration import (
	booking_calls,
	day_calls,
	import_calls,
	message_calls,
	privacy_calls,
	scheduling_calls,
	staff_calls,
	waiting_calls,
)


class Demo:
	"""Finds records of the demo clinic."""

	def __init__(self, site):
		self.site = site
		self.today = site.utils.getdate()

	def one(self, doctype, **filters):
		"""The first record that fits, by name; the test fails by name if there is none."""
		rows = self.site.get_all(
			doctype, {"name": ("like", "demo-%"), **filters}, pluck="name", order_by="name asc", limit=1
		)
		assert rows, f"the demo clinic has no {doctype} with {filters}"
		return rows[0]

	def value(self, doctype, name, field):
		return self.site.db.get_value(doctype, name, field)

	def act(self, endpoint, user="reception", **arguments):
		"""Another endpoint, to bring a record into the state that is needed."""
		before = self.site.session.user
		self.site.set_user(login(user))
		try:
			return self.site.get_attr(endpoint)(**arguments)
		finally:
			self.site.set_user(before)

	# Records in the state a call needs

	@property
	def rich_patient(self):
		"""The patient with the most receptions: the longest statement."""
		table = self.site.qb.DocType("Clinic Reception")
		count = self.site.query_builder.functions.Count(table.name)
		return (
			self.site.qb.from_(table)
			.select(table.patient)
			.groupby(table.patient)
			.orderby(count, order=self.site.qb.desc)
			.orderby(table.patient)
			.limit(1)
			.run()[0][0]
		)

	def coming(self, status="Booked"):
		"""A coming appointment of somebody alone: who is in a group keeps to its length."""
		later = (">", self.site.utils.now_datetime())
		return self.one("Clinic Appointment", status=status, start=later, group_size=("<", 2))

	def day_of_a_group(self):
		"""A day on which a group is among what is booked."""
		name = self.one("Clinic Appointment", group_size=(">", 1), status=("in", ("Booked", "Confirmed")))
		return str(self.value("Clinic Appointment", name, "start"))[:10]

	def leave(self):
		"""A leave of a practitioner with a coming appointment, around that appointment."""
		practitioner, start, end = self.value(
			"Clinic Appointment", self.coming(), ["practitioner", "start", "end"]
		)
		values = {"kind": "Leave", "practitioner": practitioner, "start": start, "end": end}
		return self.site.get_doc({"doctype": "Clinic Schedule Exception", **values}).insert().name

	def free_time(self):
		"""Arguments of a booking that will be granted."""
		[slot] = self.act("clinic_core.scheduling.api.find_slots", **self.search(), limit=1)
		wanted = {key: slot[key] for key in ("practitioner", "start", "branch")}
		return {"patient": self.free_patient, "service": self.service, **wanted}

	def search(self, days=14):
		first = self.site.utils.add_days(self.today, 3)
		return {
			"service": self.service,
			"from_date": str(first),
			"to_date": str(self.site.utils.add_days(first, days)),
		}

	service = "VISIT-SKIN"

	@property
	def free_patient(self):
		"""A patient without a coming appointment, insured twice: who has most rows costs most, on any day."""
		filters = {"parenttype": "Clinic Patient", "parent": ("not in", self.busy()), "is_supplementary": 1}
		insured = self.site.get_all("Clinic Patient Coverage", filters, pluck="parent")
		return self.one("Clinic Patient", status="Active", name=("in", insured))

	def busy(self):
		"""Patients with a coming appointment."""
		coming = {"start": (">", self.site.utils.now_datetime())}
		return self.site.get_all("Clinic Appointment", coming, pluck="patient")

	def visit(self):
		"""A walk-in who was just received with one service."""
		return self.act("clinic_reception.front_desk.api.receive", **self.walk_in())

	def walk_in(self):
		line = {"service": self.service, "quantity": 1, "action": "Perform Now"}
		return {"patient": self.free_patient, "visit_type": "Consultation", "services": [line]}

	def shift(self):
		"""The cashier's open shift."""
		found = self.site.db.get_value("Clinic Cash Shift", {"open_cashier": login("cashier")}, "name")
		return found or self.act(f"{TILL}.open_shift", "cashier", desk=self.desk)["shift"]

	@property
	def desk(self):
		taken = self.site.get_all("Clinic Cash Shift", {"status": "Open"}, pluck="desk")
		return self.site.get_all(
			"Clinic Cash Desk", {"name": ("not in", taken or [""])}, pluck="name", order_by="name asc"
		)[0]

	def paid(self):
		"""A payment of now for one bill."""
		self.shift()
		received = self.visit()
		patient = self.value("Clinic Visit", received["visit"], "patient")
		return self.act(f"{TILL}.take_payment", "cashier", patient=patient, lines=cash(received["total"]))

	def deposit(self):
		"""A deposit of now, of a patient with an unpaid bill of the same size."""
		self.shift()
		received = self.visit()
		patient = self.value("Clinic Visit", received["visit"], "patient")
		taken = self.act(f"{TILL}.take_deposit", "cashier", patient=patient, lines=cash(received["total"]))
		return {"deposit": taken["deposit"], "reception": received["reception"]}

	def debtor(self):
		"""A patient with unpaid bills, and what they come to."""
		self.shift()
		received = [self.visit() for _turn in range(2)]
		patient = self.value("Clinic Visit", received[0]["visit"], "patient")
		return {"patient": patient, "lines": cash(sum(one["total"] for one in received))}

	def triaged(self):
		visit = self.visit()["visit"]
		return self.act(f"{DESK}.triage", visit=visit, kind="Treatment", department=self.department)["triage"]

	@property
	def department(self):
		return self.value("Clinic Service", self.service, "department")

	def lead(self, **filters):
		return self.one("Clinic Lead", **filters)


def login(role):
	return role if role in ("Administrator", "Guest") else f"{role}@clinic.example"


def cash(amount):
	return [{"method": "CASH", "amount": amount}]


CORE, CRM = "clinic_core", "clinic_crm.pipeline.api"
PRICES = "clinic_core.service_catalog.price_updates.api"
CONTRACTS = "clinic_core.service_catalog.price_levels.api"
PLAN = "clinic_core.scheduling.api"
PLANNER = "clinic_core.scheduling.planner.api"
BOARD_PAGE = "clinic_core.scheduling.schedule_board.api"
STATISTICS = "clinic_reception.front_desk.statistics.api"
DESK = "clinic_reception.front_desk.api"
PUBLIC_PAGE = "clinic_core.service_catalog.public_page.api"
TILL = "clinic_reception.cash_desk.api"

# Endpoint → (who calls, with what). What is a function of Demo.
CALLS = {
	**import_calls.CALLS,
	"clinic_core.api.health": ("manager", lambda demo: {}),
	"clinic_core.foundation.api.chart_counts": (
		"manager",
		lambda demo: {"chart_name": "Clinic Appointments by Status"},
	),
	"clinic_core.foundation.user_calendar.api.set_calendar": (
		"reception",
		lambda demo: {"calendar": "Jalali"},
	),
	"clinic_core.foundation.api.retry_event": ("manager", lambda demo: {"failure": _failure(demo)}),
	"clinic_core.people.access_log.api.searched": (
		"reception",
		lambda demo: {
			"text": "0012",
			"patient": demo.rich_patient,
			"idempotency_key": demo.site.generate_hash(),
		},
	),
	"clinic_core.people.access_log.api.who_saw": ("manager", lambda demo: {"patient": demo.rich_patient}),
	"clinic_core.people.disclosures.api.prepare_affected": (
		"manager",
		lambda demo: {"breach": _breach(demo)},
	),
	"clinic_core.people.finding.api.find": ("reception", lambda demo: {"text": "رضا", "limit": 30}),
	"clinic_core.people.finding.link_search.patients": ("reception", lambda demo: {"txt": "رضا"}),
	"clinic_core.people.finding.link_search.practitioners": ("reception", lambda demo: {"txt": "a"}),
	"clinic_crm.pipeline.finding.contacts_for_link": ("agent", lambda demo: {"txt": "رضا"}),
	"clinic_core.people.alerts.api.marks_of": ("reception", lambda demo: {"patient": demo.rich_patient}),
	"clinic_core.people.documents.api.add_document": (
		"reception",
		lambda demo: {
			"patient": demo.free_patient,
			"kind": "Insurance Card",
			"title": "Card",
			"file_name": "card.pdf",
			"content": base64.b64encode(b"%PDF-1.7 " + demo.site.generate_hash(length=20).encode()).decode(),
		},
	),
	"clinic_core.people.family.api.family_of": ("reception", lambda demo: {"patient": demo.rich_patient}),
	"clinic_core.people.photos.api.add_photo": (
		"doctor",
		lambda demo: {
			"patient": demo.free_patient,
			"stage": "Before",
			"angle": "Front",
			"file_name": "face.png",
			"content": _pixel(),
		},
	),
	"clinic_core.people.tags.api.chips_of": (
		"reception",
		lambda demo: {"patients": [demo.rich_patient, demo.free_patient]},
	),
	"clinic_core.people.tags.api.list_measures": ("manager", lambda demo: {}),
	"clinic_core.people.tags.api.preview_rule": ("manager", lambda demo: {"rule": _tag_rule(demo)}),
	"clinic_core.people.tags.api.run_rule": ("manager", lambda demo: {"rule": _tag_rule(demo)}),
	"clinic_core.people.tags.api.set_tags": (
		"reception",
		lambda demo: {"patient": demo.free_patient, "add": ["LOYAL"]},
	),
	**privacy_calls.CALLS,
	**staff_calls.CALLS,
	**message_calls.CALLS,
	**waiting_calls.CALLS,
	**day_calls.CALLS,
	**booking_calls.CALLS,
	"clinic_core.people.api.find_patients": ("reception", lambda demo: {"text": "رضا", "limit": 50}),
	"clinic_core.people.api.merge_patients": (
		"manager",
		lambda demo: dict(zip(_PAIR, _two_files(demo), strict=True)),
	),
	"clinic_core.people.api.undo_merge": ("manager", lambda demo: {"merge": _merge(demo)}),
	"clinic_core.people.merging.api.list_suggestions": ("manager", lambda demo: {}),
	"clinic_core.people.merging.api.look_for_duplicates": ("manager", lambda demo: {}),
	"clinic_core.people.merging.api.merge_details": ("manager", lambda demo: {"merge": _merge(demo)}),
	"clinic_core.people.merging.api.preview_merge": (
		"manager",
		lambda demo: dict(zip(_PAIR, _two_files(demo), strict=True)),
	),
	"clinic_core.people.merging.api.set_verdict": (
		"reception",
		lambda demo: dict(zip(("patient", "other"), _two_files(demo), strict=True)),
	),
	"clinic_core.people.api.patient_card": ("reception", lambda demo: {"patient": demo.rich_patient}),
	"clinic_core.people.api.register_patient": (
		"reception",
		lambda demo: {
			"first_name": "Nika",
			"last_name": "Budget",
			"mobile": "09120000777",
			"referral_source": "WALKIN",
			"national_code": "0013542419",
		},
	),
	"clinic_core.people.api.possible_duplicates": (
		"reception",
		lambda demo: _typed(demo, demo.rich_patient),
	),
	"clinic_core.people.patient_file.api.correctable": (
		"reception",
		lambda demo: {"patient": demo.rich_patient},
	),
	"clinic_core.people.patient_file.api.correct_person": (
		"reception",
		lambda demo: {"patient": demo.free_patient, "last_name": "Budget", "mobile": "09120000778"},
	),
	"clinic_core.people.patient_file.api.file_history": (
		"reception",
		lambda demo: {"patient": _changed_patient(demo)},
	),
	"clinic_core.people.patient_file.api.list_marks": (
		"reception",
		lambda demo: {"patients": demo.site.get_all("Clinic Patient", pluck="name", limit=100)},
	),
	"clinic_core.people.identity.api.identity_number": (
		"manager",
		lambda demo: {"patient": demo.rich_patient},
	),
	"clinic_core.people.api.correct_name": (
		"reception",
		lambda demo: {"patient": demo.free_patient, "first_name": "Nika", "last_name": "Budget"},
	),
	"clinic_core.operations.backup.api.back_up_now": ("manager", lambda demo: {}),
	"clinic_core.operations.api.overview": ("manager", lambda demo: {}),
	"clinic_core.operations.api.retry_job": (
		"manager",
		lambda demo: {
			"kind": "schedule",
			"job": demo.site.db.get_value("Scheduled Job Type", {"method": ("like", "clinic_%")}, "name"),
		},
	),
	"clinic_core.operations.api.run_now": ("manager", lambda demo: {"job": "night"}),
	"clinic_core.operations.api.watch_health": ("manager", lambda demo: {}),
	"clinic_core.service_catalog.api.get_performance": (
		"manager",
		lambda demo: {"service": "BOTOX", "practitioner": "DR-02", "technician": "DR-01", "with_marketer": 1},
	),
	f"{STATISTICS}.service_statistics": ("manager", lambda demo: {"period": "year"}),
	f"{STATISTICS}.service_trend": ("manager", lambda demo: {}),
	f"{STATISTICS}.new_patients_of": (
		"manager",
		lambda demo: {"service": demo.service, "period": "year"},
	),
	f"{STATISTICS}.export_service_statistics": ("manager", lambda demo: {"period": "month"}),
	"clinic_core.scheduling.affected.api.appointments": (
		"reception",
		lambda demo: {"exception": demo.leave()},
	),
	**scheduling_calls.CALLS,
	f"{BOARD_PAGE}.board": ("reception", lambda demo: {"date": demo.day_of_a_group()}),
	f"{BOARD_PAGE}.cards": (
		"reception",
		lambda demo: {
			"appointments": json.dumps([demo.coming()]),
			"date": str(demo.value("Clinic Appointment", demo.coming(), "start"))[:10],
		},
	),
	f"{BOARD_PAGE}.online_holds": ("reception", lambda demo: {"date": str(demo.today)}),
	f"{BOARD_PAGE}.details": ("reception", lambda demo: {"appointment": demo.coming()}),
	f"{BOARD_PAGE}.resize": (
		"reception",
		lambda demo: {"appointment": demo.coming(), "minutes": 5, "reason": "asked for it"},
	),
	f"{BOARD_PAGE}.services_of": (
		"reception",
		lambda demo: {"resource": demo.value("Clinic Resource", {"kind": "Room"}, "name")},
	),
	f"{BOARD_PAGE}.printed": ("reception", lambda demo: {"date": demo.day_of_a_group()}),
	f"{PLAN}.find_slots": ("reception", lambda demo: demo.search()),
	f"{PLAN}.free_week": ("reception", lambda demo: demo.search(days=6)),
	f"{PLAN}.day": ("reception", lambda demo: {"date": demo.day_of_a_group()}),
	f"{PLAN}.calendar_events": (
		"reception",
		lambda demo: {"start": str(demo.today), "end": str(demo.site.utils.add_days(demo.today, 1))},
	),
	f"{PLAN}.actions": ("reception", lambda demo: {"appointment": demo.coming()}),
	f"{PLAN}.book": ("reception", lambda demo: demo.free_time()),
	f"{PLAN}.hold": ("reception", lambda demo: demo.free_time()),
	f"{PLAN}.reschedule": (
		"reception",
		lambda demo: {**_moved(demo), "reason": "asked for it"},
	),
	f"{PLAN}.confirm": ("reception", lambda demo: {"appointment": demo.coming()}),
	f"{PLAN}.cancel": ("reception", lambda demo: {"appointment": demo.coming(), "reason": "travels"}),
	f"{PLAN}.arrive": ("reception", lambda demo: {"appointment": demo.coming()}),
	f"{PLAN}.undo": ("reception", lambda demo: {"appointment": demo.coming("Confirmed")}),
	f"{PLAN}.no_show": ("reception", lambda demo: {"appointment": _begun(demo)}),
	f"{PLAN}.plan_sessions": (
		"reception",
		lambda demo: {
			"patient": demo.free_patient,
			"service": demo.site.get_all(
				"Clinic Service",
				{"is_session_based": 1, "status": "Active"},
				pluck="name",
				order_by="name asc",
			)[0],
		},
	),
	f"{PLANNER}.overview": (
		"reception",
		lambda demo: {"session_plans": [demo.one("Clinic Session Plan", status="Active")]},
	),
	f"{PLANNER}.propose": ("reception", lambda demo: {"entitlement": _ten_sessions(demo)}),
	f"{PLANNER}.book_sessions": ("reception", lambda demo: _two_proposed(demo)),
	f"{CONTRACTS}.covered_services": ("manager", lambda demo: {"contract": "VIP-NOW"}),
	f"{CONTRACTS}.renew_contract": (
		"manager",
		lambda demo: {"contract": "TAMIN-NOW", "valid_from": "2090-01-01", "percent": 10},
	),
	f"{CONTRACTS}.create_proforma": (
		"reception",
		lambda demo: {
			"lines": json.dumps([{"service": demo.service}] * 3),
			"branch": "MAIN",
			"patient": demo.rich_patient,
		},
	),
	f"{CONTRACTS}.issue_proforma": ("reception", lambda demo: {"proforma": _proforma(demo, "Draft")}),
	f"{CONTRACTS}.cancel_proforma": (
		"reception",
		lambda demo: {"proforma": _proforma(demo, "Issued"), "reason": "typing error"},
	),
	"clinic_core.service_catalog.api.get_quote": (
		"reception",
		lambda demo: {"service": demo.service, "patient": demo.rich_patient},
	),
	"clinic_core.service_catalog.api.get_quotes": (
		"reception",
		lambda demo: {"lines": json.dumps([{"service": demo.service}] * 200), "patient": demo.rich_patient},
	),
	"clinic_core.service_catalog.api.preview_quote": (
		"manager",
		lambda demo: {
			"service_values": json.dumps({"name": demo.service, "amount": 1_000_000}),
			"patient": demo.rich_patient,
		},
	),
	"clinic_core.service_catalog.api.price_history": ("manager", lambda demo: {"service": demo.service}),
	"clinic_core.service_catalog.api.list_suggestions": ("manager", lambda demo: {}),
	"clinic_core.service_catalog.api.adopt_suggestions": (
		"manager",
		lambda demo: {
			"rows": [
				{"suggestion": "DIA-039", "amount": 5_000_000},
				{"suggestion": "DIA-040", "amount": None},
			]
		},
	),
	"clinic_core.service_catalog.api.list_services": ("reception", lambda demo: {}),
	"clinic_core.service_catalog.api.service_order": ("manager", lambda demo: {}),
	"clinic_core.service_catalog.api.arrange_services": ("manager", lambda demo: _turned_round(demo)),
	"clinic_core.service_catalog.api.export_services": ("manager", lambda demo: {"file_type": "csv"}),
	"clinic_core.service_catalog.lists.link_search.find": ("reception", lambda demo: {"txt": "laser face"}),
	f"{PRICES}.preview": ("manager", lambda demo: {"values": _wishes(demo), "update": _price_update(demo)}),
	f"{PRICES}.price_list": ("manager", lambda demo: {"values": _wishes(demo), "kind": "csv"}),
	f"{PRICES}.read_price_list": (
		"manager",
		lambda demo: {"values": _wishes(demo), "content": _price_list(demo)},
	),
	f"{PRICES}.submit": ("manager", lambda demo: {"update": _price_update(demo)}),
	f"{PRICES}.recorded": ("manager", lambda demo: {"update": _price_update(demo, is_submitted=True)}),
	f"{PRICES}.revert": (
		"manager",
		lambda demo: {"update": _price_update(demo, is_submitted=True), "reason": "a slip"},
	),
	f"{CRM}.create_lead": (
		"agent",
		lambda demo: {
			"title": "Laser",
			"first_name": "Nika",
			"last_name": "Budget",
			"mobile": "09120000778",
			"services": [demo.service],
		},
	),
	f"{CRM}.log_activity": (
		"crm",
		lambda demo: {
			"lead": demo.lead(status="In Progress"),
			"title": "Called",
			"contact_method": "PHONE",
			"feedback": "INTERESTED",
			"upcoming": {
				"date": str(demo.site.utils.add_days(demo.today, 2)),
				"title": "Call again",
				"description": "Prices",
			},
		},
	),
	f"{CRM}.complete_activity": (
		"crm",
		lambda demo: {
			"activity": demo.one("Clinic Activity", status="Not Done"),
			"title": "Called",
			"contact_method": "PHONE",
			"feedback": "INTERESTED",
		},
	),
	f"{CRM}.convert_to_patient": (
		"crm",
		lambda demo: {
			"lead": demo.lead(status="In Progress", patient=("is", "not set")),
			"referral_source": "WALKIN",
		},
	),
	f"{CRM}.book_for_lead": (
		"crm",
		lambda demo: {
			"lead": demo.lead(status="In Progress", patient=("not in", ["", *demo.busy()])),
			**_time_only(demo),
		},
	),
	f"{CRM}.take_lead": ("crm", lambda demo: {"lead": demo.lead(status="New Lead")}),
	f"{CRM}.set_stagnant": (
		"crm",
		lambda demo: {"lead": demo.lead(status="In Progress"), "reason": "too far"},
	),
	f"{CRM}.reopen": ("crm", lambda demo: {"lead": demo.lead(status="Stagnant")}),
	f"{CRM}.lead_details": ("crm", lambda demo: {"lead": demo.lead(status="Closed Opportunity")}),
	f"{CRM}.office": ("crm", lambda demo: {}),
	f"{CRM}.activity_events": (
		"crm",
		lambda demo: {
			"start": str(demo.site.utils.add_days(demo.today, -7)),
			"end": str(demo.site.utils.add_days(demo.today, 7)),
		},
	),
	f"{PUBLIC_PAGE}.submit_review": (
		"Guest",
		lambda demo: {
			"kind": "service",
			"name": "BOTOX",
			"visitor_name": "Nika",
			"text": "Very good",
			"stars": 5,
			"mobile": "09120000779",
			"seconds": 30,
		},
	),
	f"{PUBLIC_PAGE}.moderate_reviews": (
		"manager",
		lambda demo: {
			"names": [demo.one("Clinic Service Review", status="Pending")],
			"status": "Published",
		},
	),
	f"{CRM}.submit_lead_form": (
		"Guest",
		lambda demo: {
			"route": "contact",
			"values": {"first_name": "Nika", "mobile": "09120000779", "description": "Laser"},
		},
	),
	f"{TILL}.card_deposits": ("cashier", lambda demo: {}),
	f"{TILL}.card_received": ("cashier", lambda demo: {}),
	f"{TILL}.current_shift": ("cashier", lambda demo: {"_": demo.shift()}),
	f"{TILL}.open_debts": ("cashier", lambda demo: {"patient": demo.rich_patient}),
	f"{TILL}.payments_today": ("cashier", lambda demo: {}),
	f"{TILL}.receipt": ("cashier", lambda demo: {"payment": demo.one("Clinic Payment")}),
	f"{TILL}.verify_ledger": ("accountant", lambda demo: {"legal_entity": "MAIN"}),
	f"{TILL}.open_shift": ("supervisor", lambda demo: {"desk": demo.desk}),
	f"{TILL}.close_shift": (
		"cashier",
		lambda demo: {"shift": demo.shift(), "counted": _counted(demo), "reason": "counted twice"},
	),
	f"{TILL}.take_payment": ("cashier", lambda demo: demo.debtor()),
	f"{TILL}.take_deposit": (
		"cashier",
		lambda demo: {"patient": demo.free_patient, "lines": cash(500_000), "_": demo.shift()},
	),
	f"{TILL}.apply_deposit": ("cashier", lambda demo: demo.deposit()),
	f"{TILL}.refund": (
		"cashier",
		lambda demo: {"deposit": demo.deposit()["deposit"], "reason": "moved away"},
	),
	f"{TILL}.undo_payment": (
		"cashier",
		lambda demo: {"payment": demo.paid()["payment"], "reason": "mis-click"},
	),
	f"{DESK}.card_debts": ("reception", lambda demo: {}),
	f"{DESK}.card_sales": ("reception", lambda demo: {}),
	f"{DESK}.chart_sales": ("reception", lambda demo: {}),
	f"{DESK}.board": ("reception", lambda demo: {}),
	f"{DESK}.today_counts": ("reception", lambda demo: {}),
	f"{DESK}.paid_not_used": ("reception", lambda demo: {"patient": demo.rich_patient}),
	f"{DESK}.promised_prices": ("reception", lambda demo: {"patient": demo.rich_patient}),
	f"{DESK}.receive": ("reception", lambda demo: _received(demo)),
	f"{DESK}.sell": (
		"reception",
		lambda demo: {
			"visit": demo.visit()["visit"],
			"services": [{"service": demo.service, "quantity": 1, "action": "Perform Now"}],
		},
	),
	f"{DESK}.cancel_reception": (
		"reception",
		lambda demo: {"reception": demo.visit()["reception"], "reason": "mis-click"},
	),
	f"{DESK}.set_visit_status": (
		"reception",
		lambda demo: {"visit": demo.visit()["visit"], "status": "Done"},
	),
	f"{DESK}.undo_visit": ("reception", lambda demo: {"visit": demo.visit()["visit"]}),
	f"{DESK}.triage": (
		"reception",
		lambda demo: {"visit": demo.visit()["visit"], "kind": "Treatment", "department": demo.department},
	),
	f"{DESK}.void_triage": ("reception", lambda demo: {"triage": demo.triaged(), "reason": "mis-click"}),
	"clinic_reception.statement.api.get_statement": (
		"reception",
		lambda demo: {"patient": demo.rich_patient, "page_length": 200},
	),
}


_PAIR = ("keep", "duplicate")


def _two_files(demo):
	"""Two files without coming appointments, the second with a history; numbers of two people do not merge."""
	free = {"status": "Active", "name": ("not in", demo.busy())}
	order = "last_visit_on desc, name asc"
	(second,) = demo.site.get_all("Clinic Patient", free, pluck="name", order_by=order, limit=1)
	nobody = {**free, "name": ("not in", [*demo.busy(), second]), "identity_kind": ("is", "not set")}
	(first,) = demo.site.get_all("Clinic Patient", nobody, pluck="name", order_by=order, limit=1)
	return first, second


def _merge(demo):
	arguments = dict(zip(_PAIR, _two_files(demo), strict=True))
	return demo.act("clinic_core.people.api.merge_patients", "manager", **arguments)["merge"]


def _typed(demo, patient):
	"""What is typed of somebody who is on file already."""
	first, last, mobile = demo.value("Clinic Patient", patient, ["first_name", "last_name", "mobile"])
	return {"first_name": first, "last_name": last, "mobile": mobile}


def _changed_patient(demo):
	"""A patient with versions: names, links and rows were changed."""
	patient = demo.free_patient
	row = {"doctype": "Clinic Patient Phone", "phone": "+989120000779", "kind": "Mobile", "is_main": 0}
	data = {
		"changed": [["last_name", "A", "B"], ["consultant", None, "DR-01"], ["branch", "MAIN", None]],
		"added": [["phones", row]],
	}
	for _number in range(3):
		demo.site.get_doc(
			{
				"doctype": "Version",
				"ref_doctype": "Clinic Patient",
				"docname": patient,
				"data": json.dumps(data),
			}
		).insert(ignore_permissions=True)
	return patient


def _breach(demo):
	"""A breach of an account that has seen somebody, whatever else happened on this site."""
	from clinic_core.people.access_log import rules, seen

	before = demo.site.session.user
	demo.site.set_user(login("reception"))
	seen.write(rules.entries([demo.one("Clinic Patient", status="Active")], "View", "Form"))
	demo.site.set_user(before)
	return (
		demo.site.get_doc(
			{
				"doctype": "Clinic Breach",
				"title": "Stolen laptop",
				"kind": "Loss",
				"description": "In a taxi",
				"seen_by": login("reception"),
			}
		)
		.insert()
		.name
	)


def _failure(demo):
	"""A failure whose handler works now."""
	doc = demo.site.get_doc(
		{
			"doctype": "Clinic Event Failure",
			"hook": "clinic_on_visit_status",
			"handler": "clinic_crm.overrides.visit.on_status",
			"payload": json.dumps({"events": []}),
			"status": "Open",
		}
	)
	return doc.insert(ignore_permissions=True).name


def _time_only(demo):
	wanted = demo.free_time()
	return {key: wanted[key] for key in ("service", "practitioner", "start", "branch")}


def _moved(demo):
	"""An appointment of ours and another free time of the same practitioner."""
	booked = demo.act(f"{PLAN}.book", **demo.free_time())
	practitioner = demo.value("Clinic Appointment", booked["appointment"], "practitioner")
	slots = demo.act(f"{PLAN}.find_slots", **demo.search(), practitioner=practitioner)
	return {"appointment": booked["appointment"], "start": slots[5]["start"]}


def _proforma(demo, status):
	"""A proforma of the demo clinic in that state."""
	return demo.site.db.get_value("Clinic Proforma", {"status": status}, order_by="creation asc")


def _ten_sessions(demo):
	"""A purchase of ten sessions of now, whose times are still to be agreed upon."""
	line = {"service": "LASER-FULL", "quantity": 1, "action": "Sell for Later"}
	received = demo.act(
		"clinic_reception.front_desk.api.receive",
		patient=demo.free_patient,
		visit_type="Consultation",
		services=[line],
	)
	return received["to_plan"][0]


def _two_proposed(demo):
	entitlement = _ten_sessions(demo)
	answer = demo.act(f"{PLANNER}.propose", entitlement=entitlement, count=2)
	keys = ("session_no", "start", "practitioner", "branch")
	sessions = [{key: row[key] for key in keys} for row in answer["sessions"]]
	return {"entitlement": entitlement, "sessions": sessions}


def _begun(demo):
	"""A booked appointment that began an hour ago."""
	booked = demo.act(f"{PLAN}.book", **demo.free_time())["appointment"]
	begun = demo.site.utils.add_to_date(demo.site.utils.now_datetime(), hours=-1)
	demo.site.db.set_value("Clinic Appointment", booked, "start", begun)
	return booked


def _received(demo):
	booked = demo.act(f"{PLAN}.book", **demo.free_time())
	line = {"service": demo.service, "quantity": 1, "action": "Perform Now"}
	return {"appointment": booked["appointment"], "services": [line]}


def _counted(demo):
	shift = demo.act(f"{TILL}.current_shift", "cashier")
	return {row["method"]: row["expected"] for row in shift["totals"]}


def _turned_round(demo):
	"""All departments and services, each list turned round."""
	order = demo.act("clinic_core.service_catalog.api.service_order", user="manager")
	departments = [
		{"name": row.name, "services": [service.name for service in reversed(row.services)]}
		for row in reversed(order["departments"])
	]
	return {"departments": departments, "seen": order["seen"]}


def _wishes(demo):
	"""A tenth more for the chosen service."""
	wanted = {"applies_to": "Chosen Services", "services": [demo.service], "change_percent": 10}
	return json.dumps({**wanted, "method": "Percent"})


def _price_update(demo, is_submitted=False):
	"""A price update of one service."""
	doc = demo.site.get_doc({"doctype": "Clinic Price Update", **json.loads(_wishes(demo))}).insert()
	if is_submitted:
		doc.submit()
	return doc.name


def _tag_rule(demo):
	"""The rule of the demo's loyal patients."""
	return demo.site.db.get_value("Clinic Tag Rule", {"tag": "LOYAL"})


def _pixel():
	"""A small picture."""
	out = io.BytesIO()
	Image.new("RGB", (8, 8), "red").save(out, "PNG")
	return base64.b64encode(out.getvalue()).decode()


def _price_list(demo):
	return base64.b64encode(f"code,new price\n{demo.service},100000\n".encode()).decode()
