"""What the demo clinic wrote to its patients: confirmations and reminders in every state, and an answer."""

import datetime
from typing import Any

from clinic_core.demo.world import Row, World
from clinic_core.messaging import drafts, occasions, outbox, segments, states, texts, values

MOST = 24
PRICE_OF_A_PART = 1450
# What the gateway said → how often among twelve.
FATES = (
	*((states.DELIVERED, None, None),) * 7,
	*((states.SENT, None, None),) * 2,
	(
		states.FAILED,
		"14",
		("گیرنده پیام‌های این خط را بسته است.", "The receiver blocked messages of this line."),
	),
	(states.UNKNOWN, "timeout", ("درگاه پاسخ نداد.", "The gateway did not answer.")),
	(states.NOT_SENT, "no_mobile", ("شماره موبایلی برای این پیام نیست.", "There is no mobile number.")),
)

EMAILED = (states.SENT, None, None)


def build(world: World) -> None:
	"""Confirmations of coming appointments, reminders of tomorrow's, one answer."""
	coming = [row for row in world.shared["appointments"] if row["start"] > world.now]
	wanted = [row for row in coming if row["status"] in occasions.EXPECTED][:MOST]
	for number, row in enumerate(wanted):
		template = occasions.REMIND if number % 3 == 0 else occasions.BOOKING
		_message(world, row, template, FATES[number % len(FATES)], number)
		if address := _of_patient(world, row, "email"):
			_message(world, row, template, EMAILED, number, email=address)
	if wanted:
		_answer(world, wanted[0])


def _message(
	world: World, row: Row, template: str, fate: tuple[str, Any, Any], number: int, email: str | None = None
) -> None:
	status, code, said = fate
	at = world.now - datetime.timedelta(hours=2 + number, minutes=7 * number)
	text, subject = _words(world, row, template)
	is_out = status not in (states.NOT_SENT, states.FAILED)
	purpose = occasions.OCCASIONS[template].purpose
	parts = 0 if email else segments.measure(text).parts
	channel = states.EMAIL if email else states.SMS
	world.add(
		drafts.DOCTYPE,
		at,
		world.user("reception"),
		patient=row["patient"],
		patient_name=row["patient_name"],
		channel=channel,
		recipient=None if email or status == states.NOT_SENT else _of_patient(world, row, "mobile"),
		email=email,
		subject=subject if email else None,
		template=template,
		purpose=purpose,
		priority=states.PRIORITY[purpose],
		status=status,
		is_prepared=1,
		text=text,
		language=world.lang,
		segments=parts,
		cost=segments.cost(parts, PRICE_OF_A_PART) if is_out else 0,
		sent_at=at + datetime.timedelta(minutes=1) if is_out else None,
		delivered_at=at + datetime.timedelta(minutes=2) if status == states.DELIVERED else None,
		not_before=at,
		expires_at=row["start"],
		error_code=code,
		error=world.text(said) if said else None,
		attempts=0 if status == states.NOT_SENT else 1,
		reference_doctype="Clinic Appointment",
		reference_name=row["name"],
		branch=row["branch"],
		local_id=outbox.new_local_id(),
		message_key=outbox.key_of(template, row["name"], channel),
	)


def _words(world: World, row: Row, template: str) -> tuple[str, str]:
	"""(text, subject)."""
	found = drafts.template_of(template)
	service = world.shared["services"][row["service"]]
	given = {
		"patient": row["patient_name"],
		"service": service.service_name,
		"day": row["start"],
		"time": row["start"].time(),
	}
	said = values.shown(given, world.lang)
	patterns = found.text_in(world.lang, "en")[1], found.subject_in(world.lang, "en")
	return texts.fill(patterns[0], said), texts.fill(patterns[1], said)


def _of_patient(world: World, row: Row, field: str) -> str | None:
	return next((one.get(field) for one in world.shared["patients"] if one["name"] == row["patient"]), None)


def _answer(world: World, row: Row) -> None:
	at = world.now - datetime.timedelta(minutes=35)
	world.add(
		"Clinic Incoming Message",
		at,
		sender=_of_patient(world, row, "mobile"),
		patient=row["patient"],
		patient_name=row["patient_name"],
		received_at=at,
		text=world.text(("ممنون، می‌آیم", "Thank you, I will come")),
		line="10004346",
		gateway_key=f"demo:{row['name']}",
	)
