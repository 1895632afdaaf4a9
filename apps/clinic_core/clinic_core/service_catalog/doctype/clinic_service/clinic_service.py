import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.digits import in_language, to_latin
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.people.names import clean
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.definition import (
	areas,
	checks,
	completeness,
	garbled,
	search_text,
	service_route,
	usage,
)


class ClinicService(CodedMaster):
	"""A service the clinic sells (A01–A92); without a code the next `SRV-` number is given."""

	code_prefix = "SRV"

	def onload(self) -> None:
		"""How complete the profile is, for the hint of the form (A89)."""
		percent, missing = completeness.completeness(self.as_dict())
		fields = [{"code": code, "field": completeness.FIELDS[code]} for code in missing]
		self.set_onload("completeness", {"percent": percent, "missing": fields})

	def before_validate(self) -> None:
		super().before_validate()
		_refuse_garbled(self.service_name)
		self.service_name = clean(self.service_name)
		self.display_name = clean(self.display_name)
		self._settle_practical_work()
		self.update(checks.online_payment(self.as_dict()))
		self.update(checks.booking_fields(self.as_dict()))

	def validate(self) -> None:
		for problem in checks.problems(self.as_dict()):
			refuse_input(_(self.meta.get_label(problem.field)), _sentence(problem.code))
		self._validate_areas()
		self._validate_barcode()
		department = frappe.db.get_value(
			"Clinic Department", self.department, ["title", "is_active"], as_dict=True
		)
		self._validate_department(bool(department and department.is_active))
		self.route = service_route.settle(self)
		others = search_text.other_names(self.suggestion)
		self.search_text = search_text.text_of(self.as_dict(), department and department.title, others)

	def on_update(self) -> None:
		prices.on_service_saved(self)
		self._warn_of_coming_appointments()

	def on_trash(self) -> None:
		"""A service that was ever used stays: its records would lose what they are about."""
		used = usage.references(self.name)
		if used:
			frappe.throw(
				_("“{0}” cannot be deleted: it is used by {1}. Set its status to Inactive instead.").format(
					escape_html(self.service_name), usage.in_words(used)
				),
				ConflictError,
				title=_("The service is in use"),
			)
		prices.forget(service=self.name)

	def _settle_practical_work(self) -> None:
		"""“Outpatient procedure” and “Practical work” are two names of one thing (Q2)."""
		before = self.get_doc_before_save()
		is_practical = checks.practical_work(self.as_dict(), before.as_dict() if before else None)
		self.is_outpatient_procedure = self.is_practical_work = int(is_practical)

	def _validate_areas(self) -> None:
		"""Areas keep their codes, whichever way their rows come (G07)."""
		before = self.get_doc_before_save()
		old = [row.as_dict() for row in before.areas] if before else []
		rows = [row.as_dict() for row in self.areas]
		given = areas.codes(rows, old, lambda: frappe.generate_hash(length=6))
		for row, code in zip(self.areas, given, strict=True):
			row.code, row.title = code, clean(row.title)
			if row.get("is_active") is None:
				row.is_active = 1  # Frappe fills in the defaults of new documents only
		for problem in areas.problems([row.as_dict() for row in self.areas]):
			place = _("Body areas, row {0}").format(in_language(str(problem.row), frappe.local.lang))
			refuse_input(place, _area_sentence(problem, self.areas[problem.row - 1].title))

	def _validate_barcode(self) -> None:
		"""One barcode, one service (A73): the scanner must not have to ask."""
		self.barcode = to_latin(self.barcode or "").strip() or None
		if not self.barcode:
			return
		other = frappe.db.get_value(
			self.doctype, {"barcode": self.barcode, "name": ("!=", self.name)}, "service_name"
		)
		if other:
			refuse_input(_("Barcode"), _("The service “{0}” already has it.").format(escape_html(other)))

	def _validate_department(self, is_active: bool) -> None:
		"""A service in use stands in a department in use; one that stood there before may be kept."""
		moved = self.has_value_changed("department") or self.has_value_changed("status")
		if self.status == "Active" and moved and not is_active:
			refuse_input(_("Department"), _("This department is not active. Choose another or activate it."))

	def _warn_of_coming_appointments(self) -> None:
		"""Who takes a service out of use learns how many patients are still coming for it."""
		before = self.get_doc_before_save()
		if not before or before.status != "Active" or self.status == "Active":
			return
		count = usage.coming_appointments(self.name)
		if count:
			frappe.msgprint(
				_(
					"{0} coming appointments are for this service. They stay as they are;"
					" nobody can book new ones."
				).format(in_language(f"{count:,}", frappe.local.lang)),
				title=_("The service is now inactive"),
				indicator="orange",
			)


def _refuse_garbled(name: str | None) -> None:
	"""A file in the old Windows encoding of Persian arrives as nonsense: say so before it is kept."""
	meant = garbled.meant(name or "")
	if meant:
		refuse_input(
			_("Service name"),
			_(
				"“{0}” seems to be “{1}” in the encoding Windows-1256."
				" Save the file as “CSV UTF-8” or as xlsx and import it again."
			).format(escape_html(name), escape_html(meant)),
		)


def _sentence(code: str) -> str:
	sentences = {
		checks.PERCENT: _("It must be between 0 and 100."),
		checks.POSITIVE: _("It must be more than 0."),
		checks.ON_GRID: _("It must be a multiple of {0} minutes.").format(checks.GRID_MINUTES),
		checks.NOT_NEGATIVE: _("It must not be negative."),
		checks.SHARES_ABOVE_WHOLE: _(
			"Marketer, referrer and deduction percent together are more than 100. Lower one of them."
		),
		checks.DEDUCTION_ABOVE_AMOUNT: _("It must not be more than the amount of the service."),
		checks.DEPOSIT_ABOVE_AMOUNT: _("The deposit must not be more than the amount of the service."),
		checks.NEEDS_ONLINE_BOOKING: _(
			"Switch online booking on first: only what is booked online is paid so."
		),
		checks.NEEDS_ITSELF: _("A service cannot need itself. Choose another one."),
		checks.STAGE_LENGTH: _("Each stage must be a multiple of {0} minutes.").format(checks.GRID_MINUTES),
		checks.STAGES_BY_NOBODY: _("The practitioner who is booked must give at least one of the stages."),
		checks.STAGES_AND_AREAS: _(
			"A service in stages has one duration: leave that of its body areas empty."
		),
		checks.GROUP_OF_ONE_LENGTH: _(
			"A group begins and ends together: leave stages and the durations of body areas and of a first visit"
			" empty, or enter 1."
		),
		checks.GROUP_TOO_LARGE: _("Please enter at most {0}.").format(
			in_language(str(checks.LARGEST_GROUP), frappe.local.lang)
		),
	}
	return sentences[code]


def _area_sentence(problem: areas.AreaProblem, title: str) -> str:
	sentences = {
		areas.NO_TITLE: _("The title is missing."),
		areas.TITLE_TWICE: _("There is already an area called “{0}”.").format(escape_html(title)),
		areas.CODE_TWICE: _("Another area has the same code."),
		checks.NOT_NEGATIVE: _("It must not be negative."),
		checks.ON_GRID: _("The duration must be a multiple of {0} minutes.").format(checks.GRID_MINUTES),
	}
	return sentences[problem.code]


def on_doctype_update() -> None:
	"""The picker's list, in the manager's order; the lists of services by session mode."""
	frappe.db.add_index("Clinic Service", ["status", "priority"], "clinic_service_order")
	frappe.db.add_index("Clinic Service", ["department", "priority"], "clinic_service_department")
