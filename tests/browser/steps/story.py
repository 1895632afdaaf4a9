"""What the people of one journey know, each from the one before."""

import uuid
from dataclasses import dataclass, field

NAMES = {"en": ("Mahsa", "Karimi"), "fa": ("مهسا", "کریمی")}


@dataclass
class Story:
	"""One patient's way; `admin` looks into the books, it does none of the steps."""

	lang: str
	admin: object
	first_name: str = ""
	last_name: str = ""
	mobile: str = field(default_factory=lambda: f"0993{uuid.uuid4().int % 10**7:07d}")
	lead: str = ""
	patient: str = ""
	appointment: str = ""
	visit: str = ""
	receptions: list = field(default_factory=list)
	due: float = 0

	def __post_init__(self):
		self.first_name, last = NAMES[self.lang]
		# Several runs on one site meet nobody of the same name.
		self.last_name = last + "".join(chr(ord("a") + int(digit)) for digit in self.mobile[-4:])

	@property
	def full_name(self):
		return f"{self.first_name} {self.last_name}"

	@property
	def e164(self):
		return "+98" + self.mobile[1:]

	@property
	def last_four(self):
		return self.mobile[-4:]

	def title(self, doctype, name, fieldname="title"):
		"""What a master is called; pages translate it."""
		return self.admin.value(doctype, name, fieldname)

	def lead_row(self):
		"""The lead as it is stored now."""
		fields = ("name", "status", "assigned_to", "patient", "appointment", "contact")
		rows = self.admin.rows("Clinic Lead", {"mobile": self.e164}, fields)
		assert len(rows) == 1, rows
		return rows[0]
