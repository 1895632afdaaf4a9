"""Calls of the endpoints around an appointment's day, for `budget_calls`: history, board, feed, lists, holidays."""

BOARD = "Appointments of today"
OUT = "clinic_core.scheduling"


def _holiday(demo):
	"""A holiday beyond the demo's days, on which one appointment lies: each group of alike ones is one search."""
	first = demo.site.utils.add_days(demo.today, 20)
	asked = {
		"service": demo.service,
		"from_date": str(first),
		"to_date": str(demo.site.utils.add_days(first, 7)),
	}
	[slot] = demo.act(f"{OUT}.api.find_slots", **asked, limit=1)
	wanted = {key: slot[key] for key in ("practitioner", "start", "branch")}
	demo.act(f"{OUT}.api.book", patient=demo.free_patient, service=demo.service, **wanted)
	values = {"title": "Budget", "date": slot["start"][:10]}
	return demo.site.get_doc({"doctype": "Clinic Holiday", **values}).insert().name


def _moved_often(demo):
	"""An appointment with a history."""
	name = demo.coming()
	for step in ("confirm", "undo", "confirm"):
		demo.act(f"{OUT}.api.{step}", appointment=name)
	return name


def _branch(demo):
	return demo.value("Clinic Appointment", demo.coming(), "branch")


def _card(demo):
	cards = {"from_colname": "Booked", "to_colname": "Confirmed", "old_index": 0, "new_index": 0}
	return {"board_name": BOARD, "docname": demo.coming(), **cards}


def _made(demo):
	"""A list that lies ready."""
	return demo.act(f"{OUT}.day_lists.api.make_list", branch=_branch(demo))


def _with_feed(demo):
	demo.act(f"{OUT}.feed.api.rotate_feed", "manager", practitioner="DR-01")
	return {"practitioner": "DR-01"}


CALLS = {
	f"{OUT}.affected.api.of_holiday": ("reception", lambda demo: {"holiday": _holiday(demo)}),
	f"{OUT}.board.api.update_order": ("reception", lambda demo: {"board_name": BOARD, "order": {}}),
	f"{OUT}.board.api.update_order_for_single_card": ("reception", _card),
	f"{OUT}.day_lists.api.lists": ("reception", lambda demo: {}),
	f"{OUT}.day_lists.api.make_list": ("reception", lambda demo: {"branch": _branch(demo)}),
	f"{OUT}.day_lists.api.download_list": ("reception", _made),
	f"{OUT}.feed.api.feed_state": ("manager", _with_feed),
	f"{OUT}.feed.api.rotate_feed": ("manager", _with_feed),
	f"{OUT}.feed.api.stop_feed": ("manager", _with_feed),
	f"{OUT}.history.api.history": ("reception", lambda demo: {"appointment": _moved_often(demo)}),
}
