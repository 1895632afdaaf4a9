"""Calls of messages, for `budget_calls`: a message in the state a call needs is queued first."""

API = "clinic_core.messaging.api"


def _message(demo, status):
	"""A message to a patient of the demo, as if the gateway had said so."""
	queue = demo.site.get_attr("clinic_core.messaging.outbox.queue")
	patient = demo.free_patient
	values = {"reason": "budget", "day": demo.today}
	name = queue(
		"cancellation",
		to=demo.value("Clinic Patient", patient, "mobile"),
		key=demo.site.generate_hash(),
		values=values,
		patient=patient,
	)
	demo.site.db.set_value("Clinic Message", name, {"status": status, "gateway": "CONSOLE"})
	return {"message": name}


CALLS = {
	f"{API}.preview": ("reception", lambda demo: {"template": "booking", "patient": demo.free_patient}),
	f"{API}.send_again": ("reception", lambda demo: _message(demo, "Failed")),
	f"{API}.ask_gateway": ("reception", lambda demo: _message(demo, "Unknown")),
	f"{API}.check_gateway": ("manager", lambda demo: {"gateway": "CONSOLE"}),
	f"{API}.resume_gateway": ("manager", lambda demo: {"gateway": "CONSOLE"}),
	"clinic_core.messaging.frappe_sms.send_sms": (
		"reception",
		lambda demo: {"receiver_list": ["09120000781"], "msg": "Hello"},
	),
}
