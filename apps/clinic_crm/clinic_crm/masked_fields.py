"""The CRM's fields that hold what not everybody may see of a person (hook `clinic_masked_fields`). Data."""

from clinic_core.people.masking.matrix import ADDRESS, EMAIL, PHONE

FIELDS = {
	"Clinic Contact": {"mobile": PHONE, "phone": PHONE, "email": EMAIL, "address": ADDRESS},
	"Clinic Lead": {"mobile": PHONE},
	"Clinic Lead Submission": {"mobile": PHONE, "phone": PHONE, "email": EMAIL, "address": ADDRESS},
	"Clinic Call": {"phone": PHONE},
}
