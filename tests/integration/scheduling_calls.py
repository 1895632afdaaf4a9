"""Calls of the endpoints of booking rules and queues, for `budget_calls`."""

POLICIES = "clinic_core.scheduling.policies.api"
QUEUE = "clinic_core.scheduling.queue.api"
SERIES = "clinic_core.scheduling.series.api"
PENALTIES = "clinic_reception.cash_desk.penalties.api"


def _in_the_house(demo):
	"""A number of the demo's queue whose patient has arrived and was not called."""
	name = demo.one("Clinic Appointment", queue_no=(">", 0), status=("in", ("Booked", "Arrived")))
	demo.site.db.set_value("Clinic Appointment", name, {"status": "Arrived", "called_at": None})
	return name


def _repeatable(demo):
	"""An appointment of a free time whose two next weeks are free as well."""
	wanted = demo.free_time()
	made = demo.act("clinic_core.scheduling.api.book", **wanted)
	start = demo.value("Clinic Appointment", made["appointment"], "start")
	weeks = [demo.site.utils.add_days(start, 7 * number) for number in (1, 2)]
	taken = {"practitioner": wanted["practitioner"], "status": ("not in", ("Cancelled", "No Show"))}
	for week in weeks:
		day = {"start": ("between", [week.date(), demo.site.utils.add_days(week.date(), 1)])}
		for name in demo.site.get_all("Clinic Appointment", {**taken, **day}, pluck="name"):
			demo.site.db.delete("Clinic Time Claim", {"appointment": name})
	return made["appointment"]


def _next(demo):
	practitioner, start = demo.value("Clinic Appointment", _in_the_house(demo), ["practitioner", "start"])
	return {"practitioner": practitioner, "date": str(start.date())}


def _with_penalty(demo):
	"""A coming appointment that costs something to cancel."""
	name = demo.coming()
	rule = {
		"doctype": "Clinic Cancellation Rule",
		"title": "Budget",
		"service": demo.value("Clinic Appointment", name, "service"),
		"steps": [
			{"event": "Cancellation", "within_hours": 1440, "kind": "Percent of the price", "percent": 9}
		],
	}
	demo.site.get_doc(rule).insert()
	return name


def _penalty(demo):
	"""A penalty of somebody who came too late to cancel."""
	name = _with_penalty(demo)
	demo.act("clinic_core.scheduling.api.cancel", appointment=name, reason="travels")
	return demo.site.db.get_value("Clinic Penalty", {"appointment": name}, "name")


CALLS = {
	f"{SERIES}.repeat": ("reception", lambda demo: {"appointment": _repeatable(demo), "times": 2}),
	f"{POLICIES}.booking_notes": ("reception", lambda demo: {"patient": demo.rich_patient}),
	f"{POLICIES}.penalty": ("reception", lambda demo: {"appointment": _with_penalty(demo)}),
	f"{QUEUE}.call": ("reception", lambda demo: {"appointment": _in_the_house(demo)}),
	f"{QUEUE}.call_next": ("reception", _next),
	f"{PENALTIES}.waive": ("manager", lambda demo: {"penalty": _penalty(demo), "reason": "illness"}),
}
