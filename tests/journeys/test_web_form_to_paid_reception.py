"""One patient's way through all three apps, each step as the person who does it (issue: the journey)."""

import datetime
import uuid

import pytest

from tests.journeys import names as api

SERVICE = "LASER-FACE"
LEAD, LEAD_ROW = "Clinic Lead", ("name", "status", "assigned_to", "contact", "patient", "appointment")


@pytest.fixture(scope="module")
def story():
	"""What earlier steps left for later ones."""
	return {}


@pytest.fixture(autouse=True)
def in_order(request, story):
	"""A step makes sense only after the ones before it."""
	if story.get("broken"):
		pytest.skip(f"an earlier step failed: {story['broken']}")
	yield
	report = getattr(request.node, "rep_call", None)
	if report and report.failed:
		story["broken"] = request.node.name


def lead_of(client, story):
	row = client.rows(LEAD, {"name": story["lead"]}, LEAD_ROW)
	assert len(row) == 1
	return row[0]


def test_01_somebody_sends_the_form(guest, admin, story):
	number = uuid.uuid4().int % 10**7
	story["mobile"] = f"0991{number:07d}"
	typed = story["mobile"].translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
	values = {"first_name": "شبنم", "last_name": "دهقانی", "mobile": typed, "description": "لیزر صورت"}
	answer = guest.post(api.SUBMIT_FORM, route="contact", values=values)
	assert answer["message"] or answer["return_url"]
	story["e164"] = "+98" + story["mobile"][1:]
	kept = admin.rows(
		"Clinic Lead Submission", {"mobile": story["e164"]}, ("name", "lead", "contact", "status")
	)
	assert [row["status"] for row in kept] == ["Accepted"]
	story["lead"], story["contact"] = kept[0]["lead"], kept[0]["contact"]
	lead = admin.resource("GET", LEAD, story["lead"]).json()["data"]
	assert (lead["status"], lead["person_type"], lead["mobile"]) == ("New Lead", "Contact", story["e164"])
	assert lead["channel"], "the form's channel is recorded"
	assert lead["team"], "the form's team gets the lead"


def test_02_the_agent_sees_it_and_calls(sign_in, story):
	agent = sign_in("crm")
	office = agent.get(api.OFFICE)
	assert story["lead"] in {row["name"] for row in office["leads"]["rows"]}
	assert set(office) == {"leads", "opportunities", "current_activities", "activities", "calls"}
	agent.post(api.TAKE_LEAD, lead=story["lead"])
	tomorrow = (datetime.date.today() + datetime.timedelta(days=2)).isoformat()
	result = agent.post(
		api.LOG_ACTIVITY,
		lead=story["lead"],
		title="First call",
		contact_method="PHONE",
		feedback="WILLBOOK",
		description="Wants to begin soon",
		upcoming={"date": tomorrow, "title": "Remind", "description": "Ask whether the time suits"},
	)
	assert result["activity"] and result["call"] and result["upcoming"]
	call = agent.resource("GET", "Clinic Call", result["call"]).json()["data"]
	assert (call["channel"], call["phone"], call["feedback"]) == ("Phone", story["e164"], "WILLBOOK")
	assert lead_of(agent, story)["status"] == "In Progress"
	silent = agent.post(
		api.LOG_ACTIVITY,
		lead=story["lead"],
		title="Sent the price list",
		contact_method="WHATSAPP",
		feedback="INTERESTED",
	)
	assert silent["call"] is None, "only the telephone makes a call"


def test_03_the_agent_makes_a_patient_and_books(sign_in, story):
	agent = sign_in("crm")
	day = datetime.date.today()
	refused = agent.refused(
		"POST",
		api.BOOK_FOR_LEAD,
		lead=story["lead"],
		service=SERVICE,
		practitioner="OP-01",
		start=f"{day} 10:00:00",
	)
	assert refused in (409, 417, 422), "a contact must become a patient first"
	story["patient"] = agent.post(api.CONVERT, lead=story["lead"])["patient"]
	assert agent.post(api.CONVERT, lead=story["lead"])["patient"] == story["patient"], "twice is once"
	slots = agent.get(
		api.SLOTS,
		service=SERVICE,
		from_date=str(day),
		to_date=str(day + datetime.timedelta(days=6)),
		patient=story["patient"],
	)
	assert slots, "there is a free time within a week"
	slot = slots[0]
	booked = agent.post(
		api.BOOK_FOR_LEAD,
		lead=story["lead"],
		service=SERVICE,
		practitioner=slot["practitioner"],
		start=slot["start"],
		branch=slot["branch"],
	)
	story["appointment"] = booked["appointment"]
	lead = lead_of(agent, story)
	assert (lead["status"], lead["appointment"], lead["patient"]) == (
		"New Opportunity",
		story["appointment"],
		story["patient"],
	)


def test_04_the_receptionist_finds_confirms_and_receives(sign_in, story):
	reception = sign_in("reception")
	found = reception.get(api.FIND, text=story["mobile"][-4:])
	assert story["patient"] in {row["name"] for row in found}, "by the last four digits"
	assert reception.post(api.CONFIRM, appointment=story["appointment"])["status"] == "Confirmed"
	assert reception.post(api.ARRIVE, appointment=story["appointment"])["status"] == "Arrived"
	received = reception.post(
		api.RECEIVE,
		appointment=story["appointment"],
		services=[{"service": SERVICE, "quantity": 1, "action": "Sell for Later"}],
	)
	story.update(visit=received["visit"], reception=received["reception"], due=received["patient_share"])
	assert received["total"] == received["patient_share"] > 0
	assert len(received["session_plans"]) == 1, "a session service makes its plan"
	sessions = reception.rows(
		"Clinic Session",
		{"session_plan": received["session_plans"][0]},
		("name", "date", "status"),
		"session_no asc",
	)
	assert len(sessions) == 6 and all(row["date"] for row in sessions)
	board = reception.get(api.BOARD)
	assert story["visit"] in {
		row["visit"] for lane in ("reception", "consultation", "treatment") for row in board[lane]
	}
	assert reception.value("Clinic Appointment", story["appointment"], "status") == "Admitted"
	assert [row["left"] for row in reception.get(api.PAID_NOT_USED, patient=story["patient"])] == [6]


def test_05_the_lead_is_won(sign_in, story):
	assert lead_of(sign_in("crm"), story)["status"] == "Closed Opportunity"


def test_06_something_more_is_sold_on_the_same_visit(sign_in, story):
	reception = sign_in("reception")
	reception.post(api.TRIAGE, visit=story["visit"], kind="Consultation", practitioner="DR-01")
	more = reception.post(
		api.SELL,
		visit=story["visit"],
		services=[{"service": "CLEAN", "quantity": 1, "action": "Perform Now"}],
	)
	assert more["reception"] != story["reception"]
	story.update(second=more["reception"], second_due=more["patient_share"])


def test_07_the_cashier_takes_a_deposit_and_the_payment(sign_in, admin, story):
	cashier = sign_in("cashier")
	shift = cashier.get(api.CURRENT_SHIFT)
	assert shift["shift"] is None
	assert cashier.refused(
		"POST", api.TAKE_PAYMENT, patient=story["patient"], lines=[{"method": "CASH", "amount": 1000}]
	) in (409, 417, 422), "no money without an open shift"
	story["shift"] = cashier.post(api.OPEN_SHIFT, desk=shift["desks"][0]["name"], opening_float="۵٬۰۰۰٬۰۰۰")[
		"shift"
	]
	assert admin.value("Clinic Cash Shift", story["shift"], "opening_float") == 5_000_000
	debts = cashier.get(api.OPEN_DEBTS, patient=story["patient"])
	assert debts["balance"] == story["due"] + story["second_due"]
	deposit = cashier.post(
		api.TAKE_DEPOSIT, patient=story["patient"], lines=[{"method": "CASH", "amount": "۲٬۵۰۰٬۰۰۰"}]
	)
	story["deposit"] = deposit["deposit"]
	assert admin.value("Clinic Deposit", story["deposit"], "amount") == 2_500_000
	rest = story["due"] - 2_500_000
	paid = cashier.post(
		api.TAKE_PAYMENT,
		patient=story["patient"],
		reception=story["reception"],
		lines=[
			{"method": "CASH", "amount": 1_000_000},
			{"method": "CARD", "amount": rest - 1_000_000, "reference": uuid.uuid4().hex[:12]},
			{"method": "DEPOSIT", "amount": 2_500_000, "deposit": story["deposit"]},
		],
	)
	story["payment"] = paid["payment"]
	assert paid["balance"] == story["second_due"]
	assert admin.value("Clinic Reception", story["reception"], "outstanding") == 0
	assert admin.value("Clinic Deposit", story["deposit"], "status") == "Applied"


def test_08_every_voucher_sums_to_zero(admin, story):
	entries = admin.rows(
		"Clinic Ledger Entry",
		{"patient": story["patient"]},
		("voucher_no", "account", "amount"),
		"posted_at asc",
	)
	vouchers = {row["voucher_no"] for row in entries}
	assert {story["reception"], story["second"], story["payment"]} <= vouchers
	for voucher in vouchers:
		assert sum(row["amount"] for row in entries if row["voucher_no"] == voucher) == 0, voucher
	receivable = sum(row["amount"] for row in entries if row["account"] == "Receivable")
	assert receivable == story["second_due"]


def test_09_the_receipt_prints(sign_in, admin, story):
	cashier = sign_in("cashier")
	html = cashier.get(api.RECEIPT, payment=story["payment"])["html"]
	assert admin.value("Clinic Payment", story["payment"], "receipt_no") in html
	assert cashier.get(api.RECEIPT, payment=story["payment"])["html"] == html, "it reprints identically"


@pytest.mark.parametrize("tab", api.TABS)
def test_10_the_statement_is_filled(sign_in, story, tab):
	statement = sign_in("reception").get(api.STATEMENT, patient=story["patient"], tab=tab)
	assert statement["tab"] == tab
	assert statement["header"]["balance"] == story["second_due"]
	assert {row["tab"] for row in statement["tabs"]} >= set(api.TABS)
	if tab != "club":
		assert statement["rows"], f"{tab} shows what just happened"


def test_11_the_cashier_counts_and_closes(sign_in, admin, story):
	cashier = sign_in("cashier")
	totals = {row["method"]: row["expected"] for row in cashier.get(api.CURRENT_SHIFT)["totals"]}
	assert totals["CASH"] == 5_000_000 + 2_500_000 + 1_000_000
	assert cashier.refused(
		"POST", api.CLOSE_SHIFT, shift=story["shift"], counted={**totals, "CASH": totals["CASH"] - 50_000}
	) in (417, 422), "a difference needs a reason"
	closed = cashier.post(
		api.CLOSE_SHIFT,
		shift=story["shift"],
		counted={**totals, "CASH": totals["CASH"] - 50_000},
		reason="Change",
	)
	assert closed["difference"] == -50_000
	assert admin.value("Clinic Cash Shift", story["shift"], "status") == "Closed"


def test_12_the_manager_sees_it(sign_in):
	manager = sign_in("manager")
	answer = manager.resource("GET", "Clinic Reception", limit_page_length=1)
	assert answer.status_code == 200 and answer.json()["data"]
	report = manager.get(
		"frappe.desk.reportview.get_count", doctype="Clinic Reception", filters={"docstatus": 1}
	)
	assert report > 500
	today = manager.resource("GET", "Number Card", "Clinic Appointments Today").json()["data"]
	counted = manager.post(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=today,
		filters=today["filters_json"],
		idempotency_key=None,
	)
	assert counted > 0
	sales = manager.resource("GET", "Number Card", "Clinic Sales This Month").json()["data"]
	assert "illion Rial" in manager.get(sales["method"])
	chart = manager.resource("GET", "Dashboard Chart", "Clinic Sales per Day").json()["data"]
	assert chart["source"] == "Clinic Sales"
	drawn = manager.get("clinic_reception.front_desk.api.chart_sales")
	assert sum(drawn["datasets"][0]["values"]) > 0
	weekly = manager.post(
		"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
		chart_name="Clinic Leads per Week",
		refresh=1,
		idempotency_key=None,
	)
	assert sum(weekly["datasets"][0]["values"]) > 0
