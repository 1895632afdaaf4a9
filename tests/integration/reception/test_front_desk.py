"""Receiving, triage, the board, moving and undoing visits; documents obey at every door."""

import pytest


@pytest.fixture
def desk():
	from clinic_reception.front_desk import api

	return api


@pytest.fixture
def booked(world, site):
	"""A practitioner's free time of today, booked for a patient."""
	from clinic_core.scheduling import booking

	def book(patient, service=None, **values):
		service = service or world.visit_service
		doc = site.get_doc("Clinic Practitioner", world.practitioner)
		if service not in [row.service for row in doc.services]:
			doc.append("services", {"service": service})
			doc.save()
		if not site.db.exists("Clinic Schedule", {"practitioner": world.practitioner}):
			day = site.utils.add_days(site.utils.getdate(), 1)
			site.get_doc(
				{
					"doctype": "Clinic Schedule",
					"practitioner": world.practitioner,
					"valid_from": site.utils.getdate(),
					"is_active": 1,
					"shifts": [
						{
							"weekday": day.strftime("%A"),
							"start": "08:00:00",
							"end": "20:00:00",
							"branch": world.branch,
							"kind": "Fixed",
							"gender": "Any",
						}
					],
				}
			).insert()
		hour = 9 + site.db.count("Clinic Appointment", {"practitioner": world.practitioner})
		start = f"{site.utils.add_days(site.utils.getdate(), 1)} {hour:02d}:00:00"
		return booking.book(patient, service, world.practitioner, start, **values)

	return book


def test_receiving_an_appointment_admits_it_once(world, desk, booked, site):
	appointment = booked(world.patient())
	got = desk.receive(appointment=appointment.name, services=[{"service": world.visit_service}])
	assert site.db.get_value("Clinic Appointment", appointment.name, "status") == "Admitted"
	assert got["visit_no"] and got["reception_no"]
	with pytest.raises(Exception, match="already received"):
		desk.receive(appointment=appointment.name)
	assert desk.undo_visit(got["visit"])["status"] == "Cancelled"
	assert site.db.get_value("Clinic Appointment", appointment.name, "status") == "Arrived"
	again = desk.receive(appointment=appointment.name)
	assert again["reception"] is None


def test_a_booked_session_is_used_when_received(world, desk, booked, site):
	patient = world.patient()
	sold = world.receive(patient, {"service": world.course, "action": "Sell for Later"})
	session = site.get_all(
		"Clinic Session", {"session_plan": sold["session_plans"][0]}, pluck="name", order_by="session_no"
	)[1]
	appointment = booked(patient, world.course, session=session)
	got = desk.receive(appointment=appointment.name)
	assert got["reception"] and got["total"] == 0
	assert site.db.get_value("Clinic Session", session, "status") == "Attended"
	desk.undo_visit(got["visit"])
	assert site.db.get_value("Clinic Session", session, "status") == "Booked"
	(row,) = desk.paid_not_used(patient)
	assert (row["left"], row["reserved"]) == (3, 1)


def test_the_board_follows_the_patient(world, desk, site):
	patient = world.patient()
	got = world.receive(patient, world.visit_service)

	def lane():
		board = desk.board()
		return [k for k, rows in board.items() if any(r.get("visit") == got["visit"] for r in rows)]

	assert lane() == ["reception"]
	triage = desk.triage(got["visit"], "Consultation", practitioner=world.practitioner)
	assert triage["visit_status"] == "Triaged"
	assert lane() == ["consultation"]
	desk.triage(got["visit"], "Treatment", department=world.department)
	assert lane() == ["treatment"]
	assert site.db.get_value("Clinic Triage", triage["triage"], "status") == "Done"
	desk.set_visit_status(got["visit"], "In Service")
	desk.set_visit_status(got["visit"], "Done")
	assert lane() == ["done"]
	desk.set_visit_status(got["visit"], "In Service")
	assert lane() == ["treatment"]
	desk.set_visit_status(got["visit"], "Done")
	desk.set_visit_status(got["visit"], "Closed")
	desk.set_visit_status(got["visit"], "Done")
	row = next(r for r in desk.board()["done"] if r["visit"] == got["visit"])
	assert row["outstanding"] == 500_000
	assert len(row["services"]) == 1
	assert desk.today_counts()["done"] >= 1


def test_voiding_a_triage_needs_a_reason_and_makes_the_patient_wait(world, desk, site):
	got = world.receive(world.patient(), world.visit_service)
	triage = desk.triage(got["visit"], "Consultation", practitioner=world.practitioner)["triage"]
	with pytest.raises(Exception, match="reason"):
		desk.void_triage(triage, " ")
	assert desk.void_triage(triage, "wrong doctor")["visit_status"] == "Waiting"
	doc = site.get_doc("Clinic Triage", triage)
	assert (doc.status, doc.void_reason, doc.voided_by) == ("Void", "wrong doctor", "Administrator")
	with pytest.raises(Exception, match="already"):
		desk.void_triage(triage, "again")
	doc.status = "Active"
	with pytest.raises(Exception, match="cannot go"):
		doc.save()


def test_a_receptionist_may_void_only_before_the_start(world, desk, site):
	got = world.receive(world.patient(), world.visit_service)
	triage = desk.triage(got["visit"], "Consultation", practitioner=world.practitioner)["triage"]
	desk.set_visit_status(got["visit"], "In Service")
	site.set_user(world.user("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		desk.void_triage(triage, "mistake")
	site.set_user(world.user("Clinic Consultant"))
	assert desk.void_triage(triage, "mistake")["visit_status"] == "Waiting"


def test_immediate_treatment_is_routed_by_the_services_department(world, desk, site):
	got = world.receive(world.patient(), world.injection, immediate=1)
	assert got["visit_status"] == "Triaged"
	(triage,) = site.get_all("Clinic Triage", {"visit": got["visit"]}, ["kind", "department"])
	assert (triage.kind, triage.department) == ("Treatment", world.department)
	assert desk.undo_visit(got["visit"])["status"] == "Cancelled"


def test_prices_from_the_client_are_ignored(world, desk, site):
	got = world.receive(
		world.patient(),
		{"service": world.visit_service, "unit_price": 1, "total": 1, "patient_share": 1},
	)
	assert got["total"] == 500_000
	doc = site.get_doc(
		{
			"doctype": "Clinic Reception",
			"visit": got["visit"],
			"lines": [{"service": world.visit_service, "quantity": 1, "patient_share": 5, "total": 5}],
			"patient_share": 5,
			"outstanding": 0,
		}
	).insert()
	doc.submit()
	assert (doc.patient_share, doc.outstanding) == (500_000, 500_000)


def test_figures_of_a_submitted_reception_cannot_be_typed(world, site):
	got = world.receive(world.patient(), world.visit_service)
	for field, value in (("outstanding", 0), ("status", "Draft"), ("patient_share", 1)):
		doc = site.get_doc("Clinic Reception", got["reception"])
		doc.set(field, value)
		with pytest.raises(site.ValidationError):
			doc.save()
	with pytest.raises(site.ValidationError):
		site.get_doc("Clinic Reception", got["reception"]).delete()


def test_quantities_and_discounts(world, desk, site):
	patient = world.patient()
	got = world.receive(patient, {"service": world.injection, "quantity": "۲", "discount_percent": "۱۰"})
	assert got["patient_share"] == 599_999
	for bad in ({"quantity": 0}, {"quantity": "many"}, {"discount_percent": 101}, {"action": "Give"}):
		with pytest.raises(site.ValidationError):
			world.receive(patient, {"service": world.visit_service, **bad})
	with pytest.raises(Exception, match="not countable"):
		world.receive(patient, {"service": world.visit_service, "quantity": 2})


def test_bad_receptions_leave_nothing_behind(world, desk, site):
	patient = world.patient()
	before = site.db.count("Clinic Visit"), site.db.count("Clinic Ledger Entry")
	for bad in (
		[{"service": "NOPE"}],
		[{"service": world.visit_service}, {"service": world.course, "action": "Use Purchased"}],
		["x"],
		"{",
		[{"service": world.visit_service, "practitioner": "NOBODY"}],
		[{"service": world.visit_service, "contract": "C1"}],
	):
		with pytest.raises(Exception) as caught:
			desk.receive(patient=patient, visit_type="Treatment", services=bad)
		assert caught.value.http_status_code in (404, 409, 422)
	assert (site.db.count("Clinic Visit"), site.db.count("Clinic Ledger Entry")) == before
	with pytest.raises(Exception, match="Visit type"):
		desk.receive(patient=patient)
	with pytest.raises(Exception, match="appointment or a patient"):
		desk.receive()


def test_another_patients_purchase_is_refused(world, desk):
	owner, other = world.patient("Owner"), world.patient("Other")
	sold = world.receive(owner, {"service": world.course, "action": "Sell for Later"})
	entitlement = sold["entitlements"][0]
	with pytest.raises(Exception, match="paid and unused"):
		world.receive(other, {"service": world.course, "action": "Use Purchased", "entitlement": entitlement})


def test_a_used_purchase_cannot_be_cancelled_until_its_use_is(world, desk):
	patient = world.patient()
	sold = world.receive(patient, {"service": world.course, "action": "Sell for Later"})
	used = desk.sell(sold["visit"], [{"service": world.course, "action": "Use Purchased"}])
	with pytest.raises(Exception, match="used already"):
		desk.cancel_reception(sold["reception"], "mistake")
	desk.cancel_reception(used["reception"], "mistake")
	desk.cancel_reception(sold["reception"], "mistake")
	world.check_invariants(patient)


def test_visit_documents_obey_the_table(world, site):
	got = world.receive(world.patient(), world.visit_service)
	doc = site.get_doc("Clinic Visit", got["visit"])
	doc.status = "Closed"
	with pytest.raises(Exception, match="cannot go"):
		doc.save()
	doc.reload()
	doc.patient = world.patient("Other")
	with pytest.raises(Exception, match="cannot be changed"):
		doc.save()
	with pytest.raises(Exception, match="never deleted"):
		site.get_doc("Clinic Visit", got["visit"]).delete()


@pytest.mark.parametrize(
	("role", "allowed"),
	[
		("Clinic Receptionist", True),
		("Clinic Branch Supervisor", True),
		("Clinic Cashier", False),
		("Clinic Practitioner", False),
		("Clinic Call Agent", False),
	],
)
def test_who_may_receive(world, desk, site, role, allowed):
	patient = world.patient()
	site.set_user(world.user(role))
	if allowed:
		assert world.receive(patient, world.visit_service)["visit"]
	else:
		with pytest.raises(site.PermissionError):
			world.receive(patient, world.visit_service)


def test_practitioners_see_no_amounts_on_the_board(world, desk, site):
	got = world.receive(world.patient(), world.visit_service)
	site.set_user(world.user("Clinic Practitioner"))
	row = next(r for r in desk.board()["reception"] if r["visit"] == got["visit"])
	assert row["outstanding"] is None


def test_practitioners_see_no_amounts_of_a_reception(world, site):
	got = world.receive(world.patient(), world.visit_service)
	for role, sees in (("Clinic Practitioner", False), ("Clinic Operator", False), ("Clinic Cashier", True)):
		site.set_user(world.user(role))
		doc = site.get_doc("Clinic Reception", got["reception"])
		doc.apply_fieldlevel_read_permissions()
		assert bool(doc.get("total")) is sees
		assert bool(doc.lines[0].get("unit_price")) is sees
		(row,) = site.get_list(
			"Clinic Reception", filters={"name": got["reception"]}, fields=["name", "patient_share"]
		)
		assert bool(row.get("patient_share")) is sees
		site.set_user("Administrator")


@pytest.mark.parametrize(
	"role",
	[
		"Clinic Cashier",
		"Clinic Practitioner",
		"Clinic Operator",
		"Clinic Consultant",
		"Clinic Accountant",
		"Clinic Receptionist",
	],
)
def test_everybody_on_the_floor_sees_the_board(world, desk, site, role):
	got = world.receive(world.patient(), world.visit_service)
	site.set_user(world.user(role))
	assert got["visit"] in [row["visit"] for row in desk.board()["reception"]]
	assert desk.today_counts()["reception"] >= 1


def test_a_refused_reception_hook_never_stops_the_front_desk(world, desk, site, monkeypatch):
	hooks = site.get_hooks

	def with_broken_handler(hook=None, *args, **kwargs):
		if hook in ("clinic_on_reception", "clinic_on_visit_status"):
			return ["clinic_reception.no_such_handler"]
		return hooks(hook, *args, **kwargs)

	monkeypatch.setattr(site, "get_hooks", with_broken_handler)
	got = world.receive(world.patient(), world.visit_service)
	assert got["reception_no"]
	assert site.db.count("Clinic Event Failure", {"handler": "clinic_reception.no_such_handler"}) == 2


def test_a_receptionist_bills_through_the_form(world, site):
	got = world.receive(world.patient(), world.visit_service)
	site.set_user(world.user("Clinic Receptionist"))
	doc = site.get_doc(
		{
			"doctype": "Clinic Reception",
			"visit": got["visit"],
			"lines": [{"service": world.visit_service, "action": "Perform Now", "quantity": 1}],
		}
	).insert()
	doc = site.get_doc("Clinic Reception", doc.name)
	doc.submit()
	doc.reload()
	assert (doc.total, doc.outstanding, doc.lines[0].unit_price) == (500_000, 500_000, 500_000)
	doc.cancel()
	assert world.balance(doc.patient).owes == 500_000
