"""Which moves a visitor's comment knows, and who may make them (A03). Pure."""

from clinic_core.foundation import roles
from clinic_core.foundation.transitions import Transitions

PENDING, PUBLISHED, REJECTED, SPAM = "Pending", "Published", "Rejected", "Spam"
MODERATORS = frozenset({roles.MANAGER, roles.SUPERVISOR, roles.CRM_MANAGER})

# Every decision can be taken back: a mis-click must not lose what a patient wrote.
REVIEW = Transitions(
	initial=frozenset({PENDING, SPAM}),
	moves={
		(PENDING, PUBLISHED): MODERATORS,
		(PENDING, REJECTED): MODERATORS,
		(PENDING, SPAM): MODERATORS,
		(PUBLISHED, REJECTED): MODERATORS,
		(PUBLISHED, SPAM): MODERATORS,
		(PUBLISHED, PENDING): MODERATORS,
		(REJECTED, PUBLISHED): MODERATORS,
		(REJECTED, SPAM): MODERATORS,
		(REJECTED, PENDING): MODERATORS,
		(SPAM, PUBLISHED): MODERATORS,
		(SPAM, REJECTED): MODERATORS,
		(SPAM, PENDING): MODERATORS,
	},
)
