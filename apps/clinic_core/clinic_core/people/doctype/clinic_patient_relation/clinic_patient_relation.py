from clinic_core.foundation.document import ClinicDocument
from clinic_core.people.family import family


class ClinicPatientRelation(ClinicDocument):
	"""Who belongs to a patient (Q3): written once, shown on both files."""

	def validate(self) -> None:
		family.check(self)

	def on_update(self) -> None:
		family.tell(self)

	def on_trash(self) -> None:
		family.tell(self)
