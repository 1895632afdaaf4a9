import frappe
from frappe import _
from frappe.utils import add_to_date, cint, get_datetime, getdate, now_datetime

from clinic_core.foundation import events, live, settings
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError, refuse_input
from clinic_core.foundation.jalali import jalali_month
from clinic_core.foundation.shown_days import shown_moment
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling import availability, claims, placement, session_follow, states, taken_words
from clinic_core.scheduling.history import keeping as history
from clinic_core.scheduling.history import origins
from clinic_core.scheduling.policies import cancelling
from clinic_core.scheduling.waiting import freed

OWNED_BY_SYSTEM = (
	"end",
	"duration_minutes",
	"hold_until",
	"session",
	"origin_doctype",
	"origin_name",
	"tracking_code",
	"booked_by",
	"booked_through",
	"is_history",
	"confirmed_at",
	"arrived_at",
	"admitted_at",
	"move_count",
	"ics_sequence",
	"jalali_month",
	"queue_no",
	"group_size",
	"scheduled_on",
	"was_reminded",
	"called_at",
	"overridden_rules",
	"penalty_amount",
	"penalty_kind",
	"penalty_rule",
	"penalty_text",
	"paid_online",
)
NOT_BORN_WITH = (
	"confirmed_at",
	"arrived_at",
	"admitted_at",
	*OWNED_BY_SYSTEM[OWNED_BY_SYSTEM.index("queue_no") :],
)
PLACE = (
	"start",
	"patient",
	"service",
	"area",
	"practitioner",
	"branch",
	"own_minutes",
	"own_resource",
	"is_squeeze_in",
)
TREATMENT = ("service", "area", "practitioner")
STAMPS = {states.CONFIRMED: "confirmed_at", states.ARRIVED: "arrived_at", states.ADMITTED: "admitted_at"}
LEAVES_STAMP = {
	(states.CONFIRMED, states.BOOKED): "confirmed_at",
	(states.ARRIVED, states.BOOKED): "arrived_at",
	(states.ADMITTED, states.ARRIVED): "admitted_at",
}


class ClinicAppointment(ClinicDocument):
	"""A promised time. It takes, moves and gives back its own claims, whatever door is used."""

	def validate(self) -> None:
		self._keep_what_is_ours()
		old, new = guard_status(self, states.APPOINTMENT)
		self._old_status, self._plan = old, None
		self._let_resource_follow()
		self._moved = self._is_moved()
		self._require_reason(old, new)
		self._penalty = cancelling.on_change(self, old, new)
		self._keep_session()
		self._take_area()
		if new in states.OCCUPYING and self._needs_placing(old, new):
			self._place()
		self._stamp(old, new)
		self._count_for_calendars()

	def on_update(self) -> None:
		old, new = self._old_status, self.status
		before = self.get_doc_before_save()
		if self._plan:
			self._claim()
		elif old in states.OCCUPYING and new not in states.OCCUPYING:
			claims.release([self.name])
		if old != new:
			session_follow.follow_appointment(self, old, new)
			tell_others([event_of(self, old)])
		elif self._moved:
			session_follow.follow_move(self)
		if self._moved:
			freed.after_move(self)
		if self._penalty:
			cancelling.tell_others([self._penalty])
		history.keep(self, before)
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		claims.release([self.name])

	def _keep_what_is_ours(self) -> None:
		"""Fields that follow from events are not written from outside."""
		before = self.get_doc_before_save()
		if before:
			for field in OWNED_BY_SYSTEM:
				self.set(field, before.get(field))
			return
		for field in NOT_BORN_WITH:
			self.set(field, None)
		self.move_count = self.ics_sequence = self.is_history = 0
		self.booked_through = origins.origin_of(
			self.booked_through,
			self.origin_doctype,
			frappe.get_hooks("clinic_lead_doctypes"),
			frappe.get_roles(),
		)
		self.booked_by = frappe.session.user
		self.tracking_code = frappe.generate_hash(length=12)
		self.hold_until = None
		if self.status == states.HELD:
			minutes = settings.get("hold_minutes") or 10
			self.hold_until = self.flags.hold_until or add_to_date(now_datetime(), minutes=minutes)

	def _count_for_calendars(self) -> None:
		"""A calendar outside takes what has the higher number (F14)."""
		before = self.get_doc_before_save()
		shown = ("status", "practitioner", "service", "branch")
		if before and (
			any(self.get(field) != before.get(field) for field in shown)
			or any(
				get_datetime(self.get(field)) != get_datetime(before.get(field)) for field in ("start", "end")
			)
		):
			self.ics_sequence = cint(before.ics_sequence) + 1

	def _let_resource_follow(self) -> None:
		"""A room that was chosen by hand is for that time: elsewhere it follows from shift and what is free."""
		before = self.get_doc_before_save()
		if not before or self.flags.resource_given or self.own_resource != before.own_resource:
			return
		if any(_plain(before, field) != _plain(self, field) for field in ("start", *TREATMENT, "branch")):
			self.own_resource = None

	def _is_moved(self) -> bool:
		before = self.get_doc_before_save()
		return bool(before) and any(
			_plain(before, f) != _plain(self, f) for f in PLACE if f != "is_squeeze_in"
		)

	def _needs_placing(self, old: str | None, new: str) -> bool:
		if old is None or self._moved or self.has_value_changed("is_squeeze_in"):
			return True
		if _steps_of(self) != _steps_of(self.get_doc_before_save()):
			if old not in states.MOVABLE:
				refuse_input(_("Steps"), _("An appointment that is {0} is not moved.").format(_(old)))
			return True
		if old == states.HELD and new != states.HELD:
			return True  # the hold may be over and the time somebody else's
		return old not in states.OCCUPYING and get_datetime(self.end) > now_datetime()

	def _require_reason(self, old: str | None, new: str) -> None:
		"""Moving and cancelling say why (D34, D35); history is in the versions."""
		if old is None:
			return
		if self._moved and old not in states.MOVABLE and not self.flags.let_in:
			refuse_input(_("Start"), _("An appointment that is {0} is not moved.").format(_(old)))
		before = self.get_doc_before_save()
		given = (self.reason or "").strip() and (self.flags.reason_given or self.reason != before.reason)
		if self._moved and self._time_moved(before):
			self.move_count = cint(before.move_count) + 1
			if not given and not self.flags.let_in:
				refuse_input(_("Reason"), _("Please say why the appointment is moved."))
		if new == states.CANCELLED != old and not given:
			refuse_input(_("Reason"), _("Please say why the appointment is cancelled."))

	def _keep_session(self) -> None:
		before = self.get_doc_before_save()
		if self.session and before and any(self.get(f) != before.get(f) for f in ("patient", "service")):
			refuse_input(_("Session"), _("The appointment is for a session: its patient and service stay."))

	def _take_area(self) -> None:
		"""A session is of what was bought: its appointment is for that body area (G07)."""
		if self.session and self.is_new():
			plan = frappe.db.get_value("Clinic Session", self.session, "session_plan")
			self.area = frappe.db.get_value("Clinic Session Plan", plan, "area") if plan else None
		self.area = self.area or None
		before = self.get_doc_before_save()
		self.area_title = before.area_title if before else None
		# Another treatment has another length.
		if before and any((self.get(f) or None) != (before.get(f) or None) for f in ("service", "area")):
			self.own_minutes = 0

	def _time_moved(self, before: "ClinicAppointment") -> bool:
		return any(_plain(before, field) != _plain(self, field) for field in ("start", "practitioner"))

	def _place(self) -> None:
		came_late = self.status == states.ARRIVED and self._old_status == states.NO_SHOW
		self._find_seats = placement.let_in if self.flags.let_in or came_late else placement.place
		try:
			self._plan = self._find_seats(self)
		except claims.CellTaken as taken:
			self._refuse_taken(taken)
		self.jalali_month = jalali_month(getdate(self.start))
		self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")

	def _claim(self) -> None:
		try:
			claims.write(self._plan, self.name, self.hold_until)
		except claims.CellTaken:
			self._claim_once_more()

	def _claim_once_more(self) -> None:
		"""The transaction's snapshot was old: read past it once; another seat or room may be free."""
		try:
			claims.write(self._find_seats(self, fresh=True), self.name, self.hold_until)
			self.update_children()
			if self.queue_no:  # another number, whose turn comes at another time
				values = {field: self.get(field) for field in ("start", "end", "queue_no")}
				self.db_set(values, update_modified=False)
		except claims.CellTaken as taken:
			self._refuse_taken(taken)

	def _refuse_taken(self, taken: claims.CellTaken) -> None:
		frappe.local.response["next_slots"] = availability.next_free(
			self.service, self.practitioner, self.start, self.get("branch"), self.patient, area=self.area
		)
		problem = taken_words.problem(self, taken)
		later = ", ".join(shown_moment(row["start"]) for row in frappe.local.response["next_slots"])
		hint = _("The next free times: {0}").format(later) if later else _("Please choose another day.")
		frappe.throw(f"{problem} {hint}", SlotTakenError, title=_("Time taken"))

	def _stamp(self, old: str | None, new: str) -> None:
		if old == new:
			return
		if new != states.HELD:
			self.hold_until = None
		if field := LEAVES_STAMP.get((old, new)):
			self.set(field, None)
		if field := STAMPS.get(new):
			self.set(field, self.get(field) or now_datetime())
		if old is None:
			session_follow.check_booking(self)
		if new == states.NO_SHOW and get_datetime(self.start) > now_datetime():
			frappe.throw(_("The appointment has not begun yet; it cannot be missed."), InvalidInputError)


def _plain(doc: ClinicDocument, field: str) -> str | None:
	value = doc.get(field)
	return str(get_datetime(value)) if field == "start" and value else (value or None)


def _steps_of(doc: ClinicDocument) -> list[tuple]:
	fields = ("service", "area", "practitioner", "resource", "offset_minutes", "duration_minutes")
	return [tuple(step.get(field) or None for field in fields) for step in doc.steps]


def event_of(
	doc: ClinicDocument | frappe._dict, old: str | None, new: str | None = None
) -> dict[str, str | None]:
	"""What the other apps are told about one move."""
	return {
		"appointment": doc.name,
		"old": old,
		"new": new or doc.status,
		"patient": doc.patient,
		"origin_doctype": doc.origin_doctype,
		"origin_name": doc.origin_name,
		"booked_through": doc.get("booked_through"),
	}


def tell_others(moves: list[dict[str, str | None]]) -> None:
	"""Tell the other apps, a batch at a time."""
	if moves:
		events.emit("clinic_on_appointment_status", events=moves)


def on_doctype_update() -> None:
	"""Day lists by branch or practitioner, figures of a day or month, the night job, a patient's own link."""
	frappe.db.add_index("Clinic Appointment", ["tracking_code"], "tracking_code")
	frappe.db.add_index("Clinic Appointment", ["branch", "start"], "branch_start")
	frappe.db.add_index("Clinic Appointment", ["start", "status"], "start_status")
	frappe.db.add_index("Clinic Appointment", ["practitioner", "start"], "practitioner_start")
	frappe.db.add_index("Clinic Appointment", ["patient", "start"], "patient_start")
	frappe.db.add_index("Clinic Appointment", ["status", "end"], "status_end")
	# Who had a service when, patient by patient: the recalls read nothing but this.
	frappe.db.add_index(
		"Clinic Appointment", ["service", "status", "patient", "start"], "service_status_patient"
	)
