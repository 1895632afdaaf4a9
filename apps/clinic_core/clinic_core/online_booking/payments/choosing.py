"""The gateway of Clinic Settings."""

from clinic_core.foundation import settings
from clinic_core.online_booking.payments.console import Console
from clinic_core.online_booking.payments.gateway import Gateway, GatewayError
from clinic_core.online_booking.payments.zarinpal import Zarinpal

CONSOLE, ZARINPAL = "Console", "Zarinpal"


def name() -> str | None:
	"""The gateway in use, None when nothing is paid online."""
	return settings.get("payment_gateway") or None


def gateway(kind: str) -> Gateway:
	"""The adapter of a kind. Raises GatewayError when it is not set up."""
	if kind == CONSOLE:
		return Console()
	if kind == ZARINPAL:
		secret = settings.password("payment_merchant_id")
		if secret:
			return Zarinpal(secret, settings.get("payment_gateway_address") or "")
	raise GatewayError(f"the gateway {kind} is not set up")
