"""Policies: their kinds and states. Data only."""

from clinic_core.foundation.roles import MANAGER
from clinic_core.foundation.transitions import Transitions

PRIVACY_NOTICE = "Privacy Notice"
DATA_PROCESSING = "Data Processing"
MARKETING = "Marketing"
PHOTO_PUBLICATION = "Photo Publication"
SERVICE_CONSENT = "Service Consent"

NEEDS_PURPOSE = frozenset({MARKETING, PHOTO_PUBLICATION, DATA_PROCESSING})
PUBLIC_KINDS = frozenset({PRIVACY_NOTICE, DATA_PROCESSING, MARKETING, PHOTO_PUBLICATION, SERVICE_CONSENT})

DRAFT, PUBLISHED, RETIRED = "Draft", "Published", "Retired"

_MANAGER = frozenset({MANAGER})

STATES = Transitions(
	initial=frozenset({DRAFT}),
	moves={(DRAFT, PUBLISHED): _MANAGER, (PUBLISHED, RETIRED): _MANAGER},
)


def language_order(wanted: str | None, site: str | None) -> list[str]:
	"""Languages in which a text is looked for: the visitor's, the site's, then those most people read."""
	order = [(wanted or "").split("-")[0], (site or "").split("-")[0], "fa", "en", "tr", "zh"]
	return list(dict.fromkeys(language for language in order if language))
