"""A day's mix of people at work: who does what how often. Data only.

Behind it stands a clinic of about three hundred visits a day. What a person does is a *task*: one or
more requests, as the screens send them. Between two requests people think; `THINK` is the pause.
"""

from typing import NamedTuple

THINK = (2.5, 7.5)
"""Seconds between two requests of one person, evenly spread: 5 on average, so 40 people ask 8 times a second."""


class Role(NamedTuple):
	"""`share`: how many of a hundred people at work. `tasks`: name → weight."""

	share: int
	tasks: dict[str, int]


ROLES: dict[str, Role] = {
	# Front desk. Each screen fetches the board again whenever somebody changes it: most requests are that.
	# Of ten who stand or call here, seven are looked up, three come with an appointment, two book, one is new.
	"reception": Role(
		30,
		{
			"look_at_board": 40,
			"find_patient": 22,
			"open_statement": 8,
			"book_by_phone": 8,
			"patient_arrives": 8,
			"receive_appointment": 8,
			"receive_walk_in": 2,
			"register_patient": 4,
		},
	),
	# Every bill is paid once: debts, payment, receipt. In between the list of today's receipts.
	"cashier": Role(
		12,
		{"take_payment": 60, "look_at_receipts": 25, "find_patient": 10, "open_statement": 5},
	),
	# Online consultants follow leads: the office, one lead, what was said, the next step.
	"agent": Role(
		18,
		{"look_at_office": 30, "follow_lead": 45, "take_new_lead": 10, "new_lead": 5, "find_patient": 10},
	),
	# Call agents hear who calls: find, then note the call, or make a lead of a stranger.
	"call": Role(
		10,
		{"find_patient": 40, "look_at_office": 20, "follow_lead": 20, "new_lead": 15, "look_at_times": 5},
	),
	# Doctors look at their day between two patients and move the one in front of them.
	"doctor": Role(
		18,
		{"look_at_day": 60, "move_visit": 30, "look_at_board": 10},
	),
	# A manager opens the workspace with its cards and charts, looks at the board and at an account.
	"manager": Role(
		5,
		{"open_workspace": 40, "look_at_board": 30, "look_at_office": 15, "open_statement": 15},
	),
	# Visitors of the public pages; every third one sends the form, every second one books.
	"visitor": Role(7, {"look_at_form": 35, "send_form": 15, "look_at_times": 25, "book_online": 25}),
}

EXPECTED = {"book": (409,), "online-hold": (409,), "online-confirm": (409,)}
"""Answers other than 2xx that are part of business: another one took the time. All others are failures."""

CARDS = (
	"clinic_reception.front_desk.api.card_sales",
	"clinic_reception.front_desk.api.card_debts",
	"clinic_reception.cash_desk.api.card_received",
	"clinic_reception.cash_desk.api.card_deposits",
)
COUNTED = (
	("Clinic Visit", [["Clinic Visit", "arrived_at", "Timespan", "today"]]),
	(
		"Clinic Visit",
		[
			["Clinic Visit", "status", "=", "Waiting"],
			["Clinic Visit", "arrived_at", "Timespan", "today"],
		],
	),
)
"""Number cards of the workspace Front Office: those with a method, and those that count a DocType."""
