"""Who sees which visit, bill and payment: with its patient (F83), in his branches (F87).

What a role may do at all stays with Frappe's role permissions and `access.py`.
"""

from clinic_core.foundation import branch_scope
from clinic_core.foundation.visibility import hooks_of
from clinic_core.people.own_patients import document_of

visit_query, may_visit = hooks_of(document_of("Clinic Visit", practitioner="practitioner"))
reception_query, may_reception = hooks_of(document_of("Clinic Reception"))
triage_query, may_triage = hooks_of(
	document_of("Clinic Triage", practitioner="practitioner"),
	branch_scope.follows("Clinic Triage", "visit", "Clinic Visit"),
)
payment_query, may_payment = hooks_of(document_of("Clinic Payment"))
deposit_query, may_deposit = hooks_of(document_of("Clinic Deposit"))
penalty_query, may_penalty = hooks_of(document_of("Clinic Penalty"))
entry_query, may_entry = hooks_of(document_of("Clinic Ledger Entry"))
