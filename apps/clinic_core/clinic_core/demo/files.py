"""What the files of the demo clinic's patients tell besides the name: work, address, where they heard of us."""

import datetime
import random

from clinic_core.demo.world import Row, World
from clinic_core.people.patient_file import placeholder_names, returning

OCCUPATIONS = [
	("معلم", "Teacher"),
	("مهندس", "Engineer"),
	("خانه‌دار", "Homemaker"),
	("دانشجو", "Student"),
	("کارمند", "Office worker"),
	("پرستار", "Nurse"),
	("آزاد", "Self-employed"),
]
STREETS = [
	("خیابان ولیعصر، پلاک {0}", "Valiasr Street {0}"),
	("خیابان شریعتی، پلاک {0}", "Shariati Street {0}"),
	("سعادت‌آباد، میدان کاج، پلاک {0}", "Kaj Square, Saadat Abad {0}"),
]
INTERESTS = [
	("لیزر و مراقبت پوست", "Laser and skin care"),
	("تزریق ژل", "Fillers"),
	("مراقبت مو", "Hair care"),
]
# code, question, kind, choices
QUESTIONS = [
	("SKIN", ("نوع پوست شما چیست؟", "What is your skin type?"), "Choice", [("خشک", "Dry"), ("چرب", "Oily"), ("معمولی", "Normal")]),
	("FIRST", ("پیش از این لیزر کرده‌اید؟", "Have you had laser before?"), "Yes or No", []),
	("WISH", ("چه انتظاری از ما دارید؟", "What do you expect of us?"), "Text", []),
]  # fmt: skip
REFERRERS = [
	("REF-DR", ("دکتر پارسا", "Dr Parsa"), "Doctor"),
	("REF-SALON", ("سالن نگین", "Negin salon"), "Business"),
]
STAND_IN = ("خانم ناشناس", "Unknown lady")


def build(world: World) -> None:
	"""Fill the files of the buffered patients; who is new is computed once their visits are stored."""
	patients = world.shared["patients"]
	# Of its own: what else the demo draws by lot stays as it was.
	rng = random.Random("files")
	for code, question, kind, choices in QUESTIONS:
		options = "\n".join(world.text(choice) for choice in choices) or None
		world.master(
			"Clinic Patient Question", code, question=world.text(question), kind=kind, options=options
		)
	for code, name, kind in REFERRERS:
		world.master("Clinic Referrer", code, referrer_name=world.text(name), kind=kind)
	for patient in patients:
		_fill(world, patient, rng)
	for patient in rng.sample(patients, 2):
		first, last = world.text(STAND_IN).split(" ", 1)
		patient.update(first_name=first, last_name=last, full_name=f"{first} {last}")
		patient["name_is_placeholder"] = int(placeholder_names.is_placeholder(patient["full_name"]))
	names = [patient["name"] for patient in patients]
	world.later.append(lambda: returning.refresh(names))


def _fill(world: World, patient: Row, rng: random.Random) -> None:
	if rng.random() < 0.6:
		patient["occupation"] = world.text(rng.choice(OCCUPATIONS))
		patient["marital_status"] = rng.choice(("Single", "Married"))
	if rng.random() < 0.2:
		patient["interests"] = world.text(rng.choice(INTERESTS))
	if rng.random() < 0.1:
		patient["referrer"] = rng.choice(REFERRERS)[0]
	if rng.random() < 0.4:
		_address(world, patient, rng)
	if rng.random() < 0.3 and world.shared["sources"]:
		_heard(world, patient, rng)
	if rng.random() < 0.25:
		_answer(world, patient, rng)


def _address(world: World, patient: Row, rng: random.Random) -> None:
	patient["address"] = world.text(rng.choice(STREETS)).format(rng.randrange(1, 200))
	place = {"city": patient["city"], "address": patient["address"]}
	world.add_child(
		"Clinic Patient Address", patient, "Clinic Patient", "addresses", kind="Home", is_main=1, **place
	)


def _heard(world: World, patient: Row, rng: random.Random) -> None:
	day = patient["creation"].date()
	for idx in range(1, rng.choice((2, 3))):
		world.add_child(
			"Clinic Patient Hearing",
			patient,
			"Clinic Patient",
			"heard_from",
			idx=idx,
			referral_source=rng.choice(world.shared["sources"]),
			heard_on=day - datetime.timedelta(days=7 * idx),
		)


def _answer(world: World, patient: Row, rng: random.Random) -> None:
	code, _question, _kind, choices = QUESTIONS[0]
	given = {"answered_on": patient["creation"].date()}
	world.add_child(
		"Clinic Patient Answer",
		patient,
		"Clinic Patient",
		"answers",
		question=code,
		answer=world.text(rng.choice(choices)),
		**given,
	)
