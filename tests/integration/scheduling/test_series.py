"""The same appointment again every week (F13): all dates or none, and which one fails."""

import pytest
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError
from clinic_core.foundation.shown_days import shown_moment
from clinic_core.scheduling import booking
from clinic_core.scheduling.series import repeating

REPEAT = "clinic_core.scheduling.series.api.repeat"


@pytest.fixture
def first(world):
	return booking.book(world.patient, world.visit, world.doctor, world.at("09:00"), note="knee")


def starts(site, world):
	rows = site.get_all("Clinic Appointment", {"patient": world.patient}, pluck="start", order_by="start")
	return [str(start) for start in rows]


def test_it_comes_back_every_week(site, world, first):
	answer = site.get_attr(REPEAT)(first.name, times="۳")
	assert [row["start"] for row in answer["appointments"]] == [world.at("09:00", 7 * n) for n in (1, 2, 3)]
	made = site.get_doc("Clinic Appointment", answer["appointments"][2]["appointment"])
	assert (made.service, made.practitioner, made.branch, made.note, made.status) == (
		*(world.visit, world.doctor, world.branch),
		*("knee", "Booked"),
	)
	assert len(starts(site, world)) == 4


def test_every_other_week(site, world, first):
	made = repeating.repeat(first.name, 2, every_weeks=2)
	assert [str(doc.start) for doc in made] == [world.at("09:00", 14), world.at("09:00", 28)]


def test_one_date_that_is_taken_books_none_and_is_named(site, world, first):
	booking.book(world.second, world.visit, world.doctor, world.at("09:15", 14))
	before = site.db.count("Clinic Time Claim")
	with pytest.raises(SlotTakenError, match="1 of 3 dates") as refused:
		repeating.repeat(first.name, 3)
	[failed] = site.local.response["failed"]
	assert failed["start"] == world.at("09:00", 14) and "already taken" in failed["problem"]
	assert shown_moment(failed["start"]) in str(refused.value)
	assert starts(site, world) == [world.at("09:00")]
	assert site.db.count("Clinic Time Claim") == before


def test_every_date_that_fails_is_told_at_once_with_its_own_reason(site, world, first):
	world.make(
		"Clinic Schedule Exception",
		kind="Leave",
		practitioner=world.doctor,
		start=world.at("00:00", 7),
		end=world.at("23:00", 7),
		reason="congress",
	)
	booking.book(world.second, world.visit, world.doctor, world.at("09:00", 21))
	with pytest.raises(InvalidInputError, match="2 of 3 dates"):
		repeating.repeat(first.name, 3)
	leave, taken = site.local.response["failed"]
	assert leave["start"] == world.at("09:00", 7) and "congress" in leave["problem"]
	assert taken["start"] == world.at("09:00", 21) and "already taken" in taken["problem"]
	assert starts(site, world) == [world.at("09:00")]


def test_a_group_comes_back_as_well(site, world):
	yoga = world.service("YOGA", group_size=2)
	teacher = world.doctor_of("YT", services=(yoga,))
	docs = [booking.book(p, yoga, teacher, world.at("09:00")) for p in (world.patient, world.second)]
	for doc in docs:
		assert {made.group_size for made in repeating.repeat(doc.name, 2)} == {2}
	# The group of the fourth week has a place, that of the second is full.
	third = booking.book(world.third, yoga, teacher, world.at("09:00", 21))
	booking.reschedule(third.name, world.at("09:00", -1), "earlier")
	booking.cancel(docs[1].name, "ill")
	first = booking.book(world.third, yoga, teacher, world.at("09:00"))
	with pytest.raises(SlotTakenError, match="2 of 3 dates"):
		repeating.repeat(first.name, 3)


@pytest.mark.parametrize(
	("times", "weeks"), [("0", 1), ("27", 1), ("3", 0), ("3", "13"), ("many", 1), (-1, 1)]
)
def test_what_makes_no_sense_is_refused(site, world, first, times, weeks):
	with pytest.raises(InvalidInputError):
		site.get_attr(REPEAT)(first.name, times=times, every_weeks=weeks)


def test_what_was_cancelled_or_belongs_to_a_plan_is_not_repeated(site, world, first):
	booking.cancel(first.name, "ill")
	with pytest.raises(InvalidInputError, match="not repeated"):
		repeating.repeat(first.name, 2)
	from clinic_core.scheduling import session_plans

	plan = session_plans.plan(world.second, world.course, practitioner=world.doctor)
	session = session_plans.sessions_of(plan.name)[0]["name"]
	doc = booking.book(world.second, world.course, world.doctor, world.at("10:00"), session=session)
	with pytest.raises(InvalidInputError, match="session of a plan"):
		repeating.repeat(doc.name, 2)
	with pytest.raises(site.DoesNotExistError):
		repeating.repeat("nobody", 2)


def test_beyond_the_horizon_is_told(site, world, first):
	with pytest.raises(InvalidInputError, match="days ahead"):
		repeating.repeat(first.name, 26, every_weeks=12)


def test_who_may_not_book_may_not_repeat(site, world, first, as_role):
	as_role("Clinic Cashier")
	with pytest.raises(site.PermissionError):
		site.get_attr(REPEAT)(first.name, times=1)
