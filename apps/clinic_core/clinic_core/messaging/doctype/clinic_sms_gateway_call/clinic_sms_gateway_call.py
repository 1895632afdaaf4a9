from clinic_core.foundation.append_only import AppendOnly


class ClinicSMSGatewayCall(AppendOnly):
	"""One call of a gateway, without its key and without anybody's number."""
