import frappe
from frappe import _
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation import cached, live
from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.consent import policies, policy_rules
from clinic_core.people.consent.people import PATIENT
from clinic_core.people.consent.purposes import SERVICE_LABEL

SIGNED, SCAN = "Signed on Tablet", "Paper Scan"


class ClinicConsent(AppendOnly):
	"""What a person said to one purpose, under one version of a policy (E001, E013). Written once."""

	def validate(self) -> None:
		if not self.is_new():
			return
		self._check_person()
		self._check_policy()
		self._check_proof()
		self.at = get_datetime(self.at) if self.at else now_datetime()
		if self.at > now_datetime():
			refuse_input(_("At"), _("It must not be in the future."))
		self.taken_by = None if frappe.session.user == "Guest" else frappe.session.user

	def after_insert(self) -> None:
		live.changed(self.doctype, self.name)

	def _check_person(self) -> None:
		meta = frappe.get_meta(self.person_doctype)
		if not frappe.db.exists(self.person_doctype, self.person_name):
			refuse_input(_("Person"), _("There is no such person."))
		is_person = self.person_doctype == PATIENT or (meta.has_field("patient") and meta.has_field("mobile"))
		if not is_person:
			refuse_input(_("Kind of person"), _("Choose a patient, a contact or a lead."))
		self.patient = self.person_name if self.person_doctype == PATIENT else None
		title = meta.title_field or "name"
		if self.person_doctype != PATIENT and meta.has_field("person_name"):
			title = "person_name"
		self.person_title = frappe.db.get_value(self.person_doctype, self.person_name, title)

	def _check_policy(self) -> None:
		if not self.policy:
			if self.purpose == SERVICE_LABEL:
				refuse_input(_("Policy"), _("Choose the text that was agreed to."))
			self.policy_slug, self.policy_version = None, None
			return
		policy = cached.document(policies.DOCTYPE, self.policy)
		if policy.status == policy_rules.DRAFT:
			refuse_input(_("Policy"), _("It is a draft. Publish it first."))
		allowed = [row.purpose for row in policy.purposes]
		if policy.kind == policy_rules.SERVICE_CONSENT:
			allowed = [SERVICE_LABEL]
		if self.purpose not in allowed:
			refuse_input(_("Purpose"), _("This text does not cover it."))
		self.policy_slug, self.policy_version = policy.slug, policy.version_no
		self.language = policies.text_of(self.policy, self.language or frappe.local.lang)["language"]

	def _check_proof(self) -> None:
		if self.how == SIGNED and not self.signature:
			refuse_input(_("Signature"), _("Please let the person sign."))
		if self.how == SCAN and not self.evidence:
			refuse_input(_("Scan"), _("Please attach the signed paper."))


def on_doctype_update() -> None:
	"""The answer that holds is asked for at every gate."""
	frappe.db.add_index("Clinic Consent", ["person_name", "purpose", "at"], "clinic_consent_person")
