"""Branches, services, rooms, practitioners and users of the measured clinic. Pure.

Masters are few and go through their documents; here is only what they are made of.
"""

import datetime
from typing import Any, NamedTuple

from tests.bench.data import names
from tests.bench.data.mixing import mix

MAIN_ENTITY, SHOP_ENTITY = "MAIN", "SHOP"
"""Legal entities: the clinic, whose books are sealed, and the shop, whose books are not."""
SHOP_BRANCH = "SHOP"
BRANCHES = ("MAIN", "WEST", "EAST", "NORTH")
BRANCH_TITLES = {
	"MAIN": "شعبهٔ ولیعصر",
	"WEST": "شعبهٔ سعادت‌آباد",
	"EAST": "شعبهٔ نارمک",
	"NORTH": "شعبهٔ نیاوران",
	"SHOP": "فروشگاه و مراقبت سریع",
}
DEPARTMENTS = (
	("SKIN", "پوست و مو", "Consultation"),
	("INJECT", "تزریقات زیبایی", "Treatment"),
	("FACIAL", "مراقبت پوست", "Treatment"),
	("LASER", "لیزر", "Treatment"),
)


# Codes begin with B, so that a data set also finds room in a site with the demo clinic.


class Service(NamedTuple):
	"""One service; `amount` in Rial, of a whole course if `sessions` is not 0."""

	code: str
	title: str
	department: str
	amount: int
	minutes: int
	sessions: int = 0
	on_device: bool = False


SERVICES: dict[str, Service] = {
	s.code: s
	for s in (
		Service("B-VISIT", "ویزیت پوست", "SKIN", 3_500_000, 15),
		Service("B-REVIEW", "ویزیت مجدد پوست", "SKIN", 1_500_000, 15),
		Service("B-DERMO", "درموسکوپی", "SKIN", 4_200_000, 15),
		Service("B-MOLE", "برداشتن خال", "SKIN", 9_500_000, 30),
		Service("B-BOTOX", "بوتاکس", "INJECT", 42_000_000, 30),
		Service("B-FILLER", "ژل لب", "INJECT", 55_000_000, 30),
		Service("B-PRP", "پی‌آر‌پی صورت", "INJECT", 22_000_000, 30),
		Service("B-CLEAN", "پاکسازی پوست", "FACIAL", 7_000_000, 30),
		Service("B-HYDRA", "هیدرافیشیال", "FACIAL", 12_500_000, 30),
		Service("B-PEEL", "لایه‌برداری", "FACIAL", 9_000_000, 30),
		Service("B-LASER-FACE", "لیزر موهای زائد صورت", "LASER", 6_000_000, 30, on_device=True),
		Service("B-LASER-ARM", "لیزر موهای زائد دست", "LASER", 8_000_000, 30, on_device=True),
		Service("B-LASER-6", "دورهٔ شش‌جلسه‌ای لیزر", "LASER", 36_000_000, 30, sessions=6, on_device=True),
		Service("B-MASK", "ماسک درمانی", "FACIAL", 3_200_000, 15),
	)
}
SEARCHED_SERVICE = "B-VISIT"
"""What all doctors offer: twelve of them even in S, so ten can be searched at once."""
COURSE, SOLD_FOR_LATER, SHOP_SERVICE = "B-LASER-6", "B-HYDRA", "B-MASK"

_DOCTOR = ("B-VISIT", "B-REVIEW", "B-DERMO", "B-MOLE", "B-BOTOX", "B-FILLER", "B-PRP")
_FACIAL = ("B-CLEAN", "B-HYDRA", "B-PEEL", "B-MASK")
_LASER = ("B-LASER-FACE", "B-LASER-ARM", "B-LASER-6")
WORKPLACE_MINUTES = 30
PLACES = 14
"""Appointments start on a grid of half hours; a shift has fourteen of them."""
MORNING, EVENING = datetime.time(8, 0), datetime.time(13, 0)


class Practitioner(NamedTuple):
	"""One who treats: `begins` is the start of the daily shift of seven hours, in `room`."""

	number: int
	code: str
	title: str
	kind: str
	department: str
	gender: str
	branch: str
	services: tuple[str, ...]
	room: str
	room_kind: str
	begins: datetime.time
	user: str | None

	@property
	def ends(self) -> datetime.time:
		"""End of the shift."""
		minutes = self.begins.hour * 60 + PLACES * WORKPLACE_MINUTES
		return datetime.time(minutes // 60, minutes % 60)

	@property
	def diary_services(self) -> tuple[str, ...]:
		"""What is booked with this person; courses are sold, their sessions are not booked in bulk."""
		return tuple(s for s in self.services if not SERVICES[s].sessions)


def practitioner(number: int, branches: int, doctor_user: str) -> Practitioner:
	"""Practitioner `number` (0 …) of a clinic with so many branches; of eight, six are doctors."""
	role = number // branches % 8
	is_doctor = role < 6
	services = _DOCTOR if is_doctor else _FACIAL if role == 6 else _LASER
	gender = "Female" if number % 2 else "Male"
	given = names.FEMALE if gender == "Female" else names.MALE
	full = f"{given[mix(1, number) % len(given)]} {names.FAMILY[mix(2, number) % len(names.FAMILY)]}"
	on_device = role == 7
	return Practitioner(
		number,
		f"{'BD' if is_doctor else 'BO'}-{number + 1:02d}",
		f"دکتر {full}" if is_doctor else full,
		"Doctor" if is_doctor else "Operator",
		SERVICES[services[0]].department,
		gender,
		BRANCHES[number % branches],
		services,
		f"{'BV' if on_device else 'BR'}-{number + 1:02d}",
		"Device" if on_device else "Room",
		EVENING if number // branches % 2 else MORNING,
		doctor_user if number == 0 else None,
	)


SHOP_KEEPER: dict[str, Any] = {
	"code": "BO-SHOP",
	"practitioner_name": "مینا شریفی",
	"kind": "Operator",
	"department": "FACIAL",
	"gender": "Female",
}
"""Sells in the shop; has no schedule, nobody books there."""

ROLES = {
	"manager": "Clinic Manager",
	"supervisor": "Clinic Branch Supervisor",
	"reception": "Clinic Receptionist",
	"cashier": "Clinic Cashier",
	"doctor": "Clinic Practitioner",
	"operator": "Clinic Operator",
	"consultant": "Clinic Consultant",
	"agent": "Clinic CRM Agent",
	"crm": "Clinic CRM Manager",
	"call": "Clinic Call Agent",
	"accountant": "Clinic Accountant",
}
PASSWORD = "bench-1405-sepid"
"""Of all users below: the sites hold invented data only and listen on this machine only."""


def user(login: str) -> str:
	"""Login of a user, for example `reception`, `reception2`, `agent05`."""
	return f"bench-{login}@clinic.example"
