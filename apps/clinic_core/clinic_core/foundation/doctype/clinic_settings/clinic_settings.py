import frappe
import phonenumbers
from frappe import _
from frappe.utils import escape_html, getdate

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.help_links import HELP_TABS, is_web_address
from clinic_core.online_booking import rules
from clinic_core.operations import records
from clinic_core.people.consent import modes

# Field → smallest and largest value.
RANGES = {
	"slot_step_minutes": (5, 240),
	"hold_minutes": (1, 1440),
	"no_show_grace_minutes": (0, 1440),
	"booking_horizon_days": (1, 1100),
	"offer_minutes": (0, 1440),
	"no_show_limit": (0, 50),
	"no_show_days": (0, 1100),
	"first_visit_notice_hours": (0, 24 * 60),
	"cancellation_warning_count": (0, 50),
	"cancellation_warning_days": (0, 1100),
	"idle_lock_minutes": (0, 240),
	"lead_limit_per_number": (1, 1000),
	"lead_limit_per_address": (1, 100000),
	"online_notice_hours": (0, 24 * 30),
	"online_horizon_days": (0, 1100),
	"online_change_hours": (0, 24 * 30),
	"online_limit_per_number": (0, 1000),
	"online_limit_per_address": (0, 100000),
	"data_request_days": (1, 365),
	"export_keep_days": (1, 90),
	"log_keep_days": (0, 3650),
	"ip_keep_days": (0, 3650),
	"day_list_hour": (0, 23),
	"day_list_keep_days": (0, 3650),
	"sms_reminder_hours": (0, 24 * 14),
	"quiet_from": (0, 23),
	"quiet_until": (0, 23),
	"message_limit_per_number": (0, 1000),
}
GRID_MINUTES = 5
MAX_DECIMALS = 4


class ClinicSettings(ClinicDocument):
	"""Settings of the whole clinic; what differs between branches lies on the branch."""

	def validate(self) -> None:
		for field, (smallest, largest) in RANGES.items():
			if not smallest <= (self.get(field) or 0) <= largest:
				refuse_input(
					_(self.meta.get_label(field)),
					_("It must be between {0} and {1}.").format(smallest, largest),
				)
		if self.slot_step_minutes % GRID_MINUTES:
			refuse_input(
				_("Slot grid (minutes)"), _("It must be a multiple of {0} minutes.").format(GRID_MINUTES)
			)
		self._validate_region()
		self._validate_money()
		self._validate_help()
		self._validate_frames()
		modes.fill(self)

	def on_update(self) -> None:
		"""Names are shown everywhere as they are stored: a new order is written through (G15)."""
		if self.email_messages and self.has_value_changed("email_messages"):
			self._tell_about_account()
		if self.has_value_changed("name_order"):
			frappe.enqueue(
				"clinic_core.people.patient_file.jobs.rewrite_names",
				queue="long",
				job_id="clinic_rewrite_names",
				deduplicate=True,
				enqueue_after_commit=True,
			)

	def _tell_about_account(self) -> None:
		if not records.has_mail_account():
			frappe.msgprint(
				_(
					"No outgoing email account is set up: until there is one, emails to patients are listed as not sent."
				),
				indicator="orange",
			)

	def _validate_help(self) -> None:
		"""Help opens for the whole staff: only addresses of the web (A86)."""
		for tab in HELP_TABS:
			field = f"help_{tab}_url"
			self.set(field, (self.get(field) or "").strip())
			if self.get(field) and not is_web_address(self.get(field)):
				refuse_input(
					_(self.meta.get_label(field)), _("It must be a web address that begins with https://.")
				)

	def _validate_frames(self) -> None:
		"""They are written into a header: addresses of web sites and nothing else (E188)."""
		try:
			self.online_embed_origins = "\n".join(rules.origins_of(self.online_embed_origins))
		except ValueError as error:
			refuse_input(
				_(self.meta.get_label("online_embed_origins")),
				_("“{0}” is not an address like https://www.clinic.example.").format(escape_html(str(error))),
			)

		address = (self.payment_gateway_address or "").strip().rstrip("/")
		self.payment_gateway_address = address
		if address and not rules.is_site(address):
			refuse_input(
				_(self.meta.get_label("payment_gateway_address")),
				_("“{0}” is not an address like https://www.clinic.example.").format(escape_html(address)),
			)

	def _validate_region(self) -> None:
		self.phone_region = (self.phone_region or "").strip().upper()
		if self.phone_region not in phonenumbers.SUPPORTED_REGIONS:
			refuse_input(_("Phone region"), _("It must be the two letters of a country, e.g. IR, TR or CN."))

	def _validate_money(self) -> None:
		"""The unit people see is dated data: one row a day, and never worth nothing (`design.md` §4.6)."""
		if (self.rounding_step or 0) <= 0:
			refuse_input(_("Round what a patient pays to"), _("It must be more than 0."))
		days = set()
		for row in self.money_units:
			place = _("Money units, row {0}").format(row.idx)
			if not row.valid_from or getdate(row.valid_from) in days:
				refuse_input(place, _("Each unit begins on a day of its own."))
			days.add(getdate(row.valid_from))
			if (row.factor or 0) <= 0:
				refuse_input(place, _("The factor must be more than 0."))
			if not 0 <= (row.decimals or 0) <= MAX_DECIMALS:
				refuse_input(place, _("The decimals must be between 0 and {0}.").format(MAX_DECIMALS))
		if self.type_in_display_unit and not self.money_units:
			refuse_input(
				_("Show and type amounts in the display unit"),
				_("Add the unit to the table of money units first."),
			)
