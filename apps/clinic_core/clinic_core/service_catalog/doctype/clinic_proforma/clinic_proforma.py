from clinic_core.foundation.document import ClinicDocument


class ClinicProforma(ClinicDocument):
	"""Clinic Proforma."""
