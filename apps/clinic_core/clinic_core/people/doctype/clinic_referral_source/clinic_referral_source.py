from frappe.utils.nestedset import NestedSet

from clinic_core.foundation.coded_master import CodedMaster


class ClinicReferralSource(CodedMaster, NestedSet):
	"""Where patients come from, as a tree (D24)."""

	code_prefix = "SRC"
	nsm_parent_field = "parent_clinic_referral_source"
