"""Calls of the public booking pages, for `budget_calls`: what a visitor holds and books is made first."""

import secrets

BOOK = "clinic_core.online_booking.api"
PAY = "clinic_core.online_booking.payments.api"
TRACKING = "clinic_core.online_booking.tracking.api"


def _person():
	"""Somebody else each time: a number books so many times a day only."""
	return {"first_name": "Nasrin", "last_name": "Budget", "mobile": f"0912{secrets.randbelow(10**7):07}"}


def _token():
	return secrets.token_hex(16)


def _wish(demo, number=0, service=None):
	"""A free time of the service everybody can book, or of another."""
	service = service or demo.service
	found = demo.act(f"{BOOK}.free_times", "Guest", service=service)
	times = [time for day in found["days"][2:] for time in day["times"]]
	return {"service": service, **{key: times[number][key] for key in ("practitioner", "start")}}


def _held(demo, service=None):
	held = {"token": _token(), **_wish(demo, service=service)}
	demo.act(f"{BOOK}.hold", "Guest", **held)
	return held


def _booked(demo):
	answer = demo.act(f"{BOOK}.confirm", "Guest", **_held(demo), **_person())
	return {"code": answer["address"].removeprefix("/booking/")}


def _unpaid(demo):
	"""A booking whose payment failed."""
	wish = _held(demo, "VISIT-HAIR")
	demo.act(f"{BOOK}.confirm", "Guest", **wish, **_person())
	[row] = demo.site.get_all(
		"Clinic Online Payment", ["name", "appointment"], order_by="creation desc", limit=1
	)
	demo.site.db.set_value("Clinic Online Payment", row["name"], {"status": "Failed", "authority": None})
	return {"code": demo.value("Clinic Appointment", row["appointment"], "tracking_code")}


CALLS = {
	f"{BOOK}.free_times": ("Guest", lambda demo: {"service": demo.service}),
	f"{BOOK}.hold": ("Guest", lambda demo: {"token": _token(), **_wish(demo)}),
	f"{BOOK}.release": ("Guest", lambda demo: {"token": _held(demo)["token"]}),
	f"{BOOK}.confirm": ("Guest", lambda demo: {**_held(demo), **_person()}),
	f"{PAY}.pay": ("Guest", _unpaid),
	f"{TRACKING}.free_times": ("Guest", _booked),
	f"{TRACKING}.move": (
		"Guest",
		lambda demo: {**_booked(demo), **{k: v for k, v in _wish(demo, 9).items() if k != "service"}},
	),
	f"{TRACKING}.cancel": ("Guest", _booked),
}
