"""Files that our dialogs send within a command, as base64."""

import base64
import binascii

from frappe import _

from clinic_core.foundation.errors import refuse_input
from clinic_core.people.files import kinds


def read(content: str) -> bytes:
	"""The bytes of a file as sent, with or without the head of a data URL. Raises InvalidInputError."""
	if len(content or "") > kinds.MAX_BYTES * 1.4:
		refuse_input(_("File"), _("It is larger than {0} MB.").format(kinds.MAX_BYTES // (1024 * 1024)))
	try:
		return base64.b64decode((content or "").split(",")[-1], validate=True)
	except (binascii.Error, ValueError):
		refuse_input(_("File"), _("The file could not be read. Please choose it again."))
