"""Calls of the public booking pages, for `budget_calls`: what a visitor holds and books is made first."""

import secrets
import time

from tests.integration.staff_calls import _browser

BOOK = "clinic_core.online_booking.api"
MY = "clinic_core.online_booking.my.api"
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


def _known_number(demo):
	"""The number of a patient, for which no code was asked yet; a browser that can keep a cookie."""
	from clinic_core.foundation import tries
	from clinic_core.online_booking import codes

	_browser(demo)
	mobile = demo.value("Clinic Patient", demo.free_patient, "mobile")
	demo.site.cache.delete(demo.site.cache.make_key(codes._key("pause", mobile, codes.MY_PAGE)))
	tries.forget("code_number", mobile)
	tries.forget("code_my", codes._number(mobile))
	return mobile


def _to_be_proven(demo):
	"""The clinic checks mobiles; somebody who holds a time gave his."""
	from clinic_core.foundation import tries

	demo.site.db.set_single_value("Clinic Settings", "online_check_mobile", 1)
	demo.site.clear_document_cache("Clinic Settings", "Clinic Settings")
	# Counted by address: each test run asks for many.
	tries.forget("code_address", demo.site.local.request_ip)
	return {"token": _held(demo)["token"], "mobile": _person()["mobile"]}


def _coded(demo):
	"""A code is on its way to somebody whose page it will open."""
	from clinic_core.online_booking import code_rules, codes
	from frappe.utils.password import get_encryption_key

	mobile = _known_number(demo)
	kept = code_rules.digest(get_encryption_key(), codes.MY_PAGE, mobile, "12345")
	demo.site.cache.set_value(codes._key("code", mobile, codes.MY_PAGE), kept, expires_in_sec=60)
	return {"mobile": mobile, "code": "12345"}


def _choosing(demo):
	"""Several people share the number; the code was right."""
	from clinic_core.online_booking.my import entry, tickets
	from frappe.utils.password import get_encryption_key

	mobile = _known_number(demo)
	ticket = tickets.make(get_encryption_key(), entry.CHOICE, {"m": mobile}, int(time.time()) + 60)
	return {"ticket": ticket, "number": 0}


CALLS = {
	f"{BOOK}.free_times": ("Guest", lambda demo: {"service": demo.service}),
	f"{BOOK}.hold": ("Guest", lambda demo: {"token": _token(), **_wish(demo)}),
	f"{BOOK}.release": ("Guest", lambda demo: {"token": _held(demo)["token"]}),
	f"{BOOK}.confirm": ("Guest", lambda demo: {**_held(demo), **_person()}),
	f"{BOOK}.send_code": ("Guest", _to_be_proven),
	f"{MY}.send_code": ("Guest", lambda demo: {"mobile": _known_number(demo)}),
	f"{MY}.enter": ("Guest", _coded),
	f"{MY}.choose": ("Guest", _choosing),
	f"{MY}.leave": ("Guest", lambda demo: {"_": _browser(demo)}),
	f"{PAY}.pay": ("Guest", _unpaid),
	f"{TRACKING}.free_times": ("Guest", _booked),
	f"{TRACKING}.move": (
		"Guest",
		lambda demo: {**_booked(demo), **{k: v for k, v in _wish(demo, 9).items() if k != "service"}},
	),
	f"{TRACKING}.cancel": ("Guest", _booked),
}
