"""Calls of the waiting list and of recalls, for `budget_calls`: who waits is made first, through the endpoints."""

WAITING = "clinic_core.scheduling.waiting.api"
RECALLS = "clinic_core.scheduling.recalls.api"
PLAN = "clinic_core.scheduling.api"


def _wish(demo, **values):
	"""Somebody who wishes everything that can be wished."""
	wanted = demo.free_time()
	hours = {"weekday": "", "start": "00:00", "end": ""}
	return {
		"patient": wanted["patient"],
		"service": wanted["service"],
		"practitioners": [wanted["practitioner"]],
		"branches": [wanted["branch"]],
		"times": [hours],
		**values,
	}


def _entry(demo):
	return demo.act(f"{WAITING}.add", **_wish(demo))["entry"]


def _time(demo):
	"""A free time for somebody who waits."""
	wanted = demo.free_time()
	return {"entry": _entry(demo), **{key: wanted[key] for key in ("practitioner", "start", "branch")}}


def _offer(demo):
	return {"offer": demo.act(f"{WAITING}.offer", **_time(demo))["offer"]}


def _freed(demo):
	"""A time somebody waits for became free, and another offer is open."""
	demo.act(f"{WAITING}.offer", **_time(demo))
	appointment = demo.coming()
	practitioner, service, start = demo.value(
		"Clinic Appointment", appointment, ["practitioner", "service", "start"]
	)
	patient = demo.one("Clinic Patient", status="Active", name=("not in", [*demo.busy(), demo.free_patient]))
	hours = {"weekday": "", "start": "00:00", "end": ""}
	wished = {"service": service, "practitioners": [practitioner], "times": [hours]}
	demo.act(f"{WAITING}.add", patient=patient, to_date=str(start)[:10], **wished)
	demo.act(f"{PLAN}.cancel", appointment=appointment, reason="travels")
	return demo.site.get_all("Clinic Freed Time", pluck="name", order_by="creation desc", limit=1)[0]


def _withdrawn(demo):
	entry = _entry(demo)
	demo.act(f"{WAITING}.withdraw", entry=entry, reason="found another")
	return {"entry": entry}


def _recall(demo, status="Due"):
	return {"recall": demo.one("Clinic Recall", status=status)}


def _declined(demo):
	demo.act(f"{RECALLS}.record", outcome="Declined", **(recall := _recall(demo)))
	return recall


CALLS = {
	f"{WAITING}.overview": ("reception", lambda demo: {"_": _freed(demo)}),
	f"{WAITING}.add": ("reception", _wish),
	f"{WAITING}.withdraw": ("reception", lambda demo: {"entry": _offered(demo), "reason": "found another"}),
	f"{WAITING}.wait_again": ("reception", _withdrawn),
	f"{WAITING}.offer": ("reception", _time),
	f"{WAITING}.book": ("reception", _time),
	f"{WAITING}.accept": ("reception", _offer),
	f"{WAITING}.decline": ("reception", _offer),
	f"{WAITING}.dismiss": ("reception", lambda demo: {"freed_time": _freed(demo)}),
	f"{RECALLS}.record": ("reception", lambda demo: {**_recall(demo), "outcome": "Not Reached"}),
	f"{RECALLS}.reopen": ("reception", _declined),
}


def _offered(demo):
	"""Somebody who leaves the list with an open offer costs most."""
	return demo.value("Clinic Waiting Offer", _offer(demo)["offer"], "entry")
