"""States of an online payment. Pure.

Unknown: the gateway did not answer; it is asked again, the person never pays twice for it. A payment that was
taken for failed may turn out paid: the bank has the last word.
"""

from clinic_core.foundation.transitions import SYSTEM, Transitions

STARTED, PAID, FAILED, UNKNOWN = "Started", "Paid", "Failed", "Unknown"

PAYMENT = Transitions(
	initial=frozenset({STARTED}),
	moves={
		(STARTED, PAID): SYSTEM,
		(STARTED, FAILED): SYSTEM,
		(STARTED, UNKNOWN): SYSTEM,
		(UNKNOWN, PAID): SYSTEM,
		(UNKNOWN, FAILED): SYSTEM,
		(FAILED, PAID): SYSTEM,
		(FAILED, UNKNOWN): SYSTEM,
	},
)
