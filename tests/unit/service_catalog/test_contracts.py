"""Which contract applies: the documented order, the more specific line, validity and clashes."""

import datetime

import pytest
from clinic_core.service_catalog.price_levels import contracts
from clinic_core.service_catalog.price_levels.contracts import (
	ALL_SERVICES,
	CODE,
	DEPARTMENT,
	SERVICE,
	Contract,
	Coverage,
	Item,
	Level,
	Period,
	Subject,
	Target,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2026, 11, 22)
YEAR = Period(datetime.date(2026, 3, 21), datetime.date(2027, 3, 20))
LASER = Subject("laser", department="skin", national_code="901020", has_insurance=True)
EVERYTHING = Target(ALL_SERVICES)
NORMAL, VIP = Level("Normal"), Level("VIP")
DANA, TAMIN = Level("Insurer", "dana"), Level("Insurer", "tamin")
DANA_PLUS = Level("Insurer", "dana", True)


def contract(name, level=NORMAL, targets=(EVERYTHING,), period=YEAR, branch=None, **fields):
	items = {target: Item(target) for target in targets}
	return Contract(name, name.title(), level, period, branch, items=items, **fields)


def chosen(subject=LASER, held=(), offered=(), branch=None, **named):
	choice = contracts.choose(subject, offered, [Coverage(level) for level in held], branch, DAY, **named)
	return (
		choice.base and choice.base.contract.name,
		choice.supplementary and choice.supplementary.contract.name,
		choice.reason,
	)


def test_the_documented_order():
	normal, vip, dana = contract("normal"), contract("vip", VIP), contract("dana", DANA)
	offered = [normal, vip, dana]
	assert chosen(held=[VIP], offered=offered, named=dana) == ("dana", None, "named")
	assert chosen(held=[VIP, DANA], offered=offered) == ("vip", None, "coverage")
	assert chosen(held=[DANA, VIP], offered=offered) == ("dana", None, "coverage")
	assert chosen(offered=offered) == ("normal", None, "normal")
	assert chosen() == (None, None, "list")


def test_a_coverage_without_a_contract_that_covers_gives_way_to_the_next():
	elsewhere = contract("tamin", TAMIN, [Target(DEPARTMENT, "dental")])
	assert chosen(held=[TAMIN, VIP], offered=[elsewhere, contract("vip", VIP)])[0] == "vip"
	assert chosen(held=[TAMIN], offered=[elsewhere, contract("normal")])[2] == "normal"


def test_a_coverage_counts_on_its_days_only():
	over = Coverage(VIP, Period(None, DAY - datetime.timedelta(days=1)))
	choice = contracts.choose(LASER, [contract("vip", VIP)], [over], None, DAY)
	assert choice.reason == "list"
	last_day = Coverage(VIP, Period(None, DAY))
	assert contracts.choose(LASER, [contract("vip", VIP)], [last_day], None, DAY).reason == "coverage"


def test_insurers_pay_only_for_services_with_insurance():
	private = Subject("botox", department="skin")
	offered = [contract("dana", DANA), contract("plus", DANA_PLUS), contract("normal")]
	assert chosen(private, held=[DANA, DANA_PLUS], offered=offered) == ("normal", None, "normal")


def test_a_supplementary_contract_follows_a_payer_or_insurance():
	plus, company = contract("plus", DANA_PLUS), contract("oil", Level("Corporate", "oil"))
	private = Subject("botox")
	assert chosen(held=[DANA_PLUS], offered=[plus]) == (None, "plus", "list")
	assert chosen(private, held=[DANA_PLUS], offered=[plus]) == (None, None, "list")
	held = [Level("Corporate", "oil"), DANA_PLUS]
	assert chosen(private, held=held, offered=[plus, company]) == ("oil", "plus", "coverage")


def test_a_named_supplementary_goes_before_the_patients():
	offered = [contract("plus", DANA_PLUS)]
	other = contract("other", Level("Insurer", "asia", True))
	assert chosen(held=[DANA_PLUS], offered=offered, named_supplementary=other)[1] == "other"


@pytest.mark.parametrize(
	("named", "code"),
	[
		(contract("c", is_active=False), contracts.INACTIVE),
		(contract("c", period=Period(datetime.date(2027, 1, 1))), contracts.NOT_IN_FORCE),
		(contract("c", branch="north"), contracts.OTHER_BRANCH),
		(contract("c", DANA_PLUS), contracts.IS_SUPPLEMENTARY),
		(contract("c", targets=[Target(SERVICE, "peeling")]), contracts.NOT_COVERED),
	],
)
def test_a_named_contract_that_does_not_apply_is_refused(named, code):
	with pytest.raises(contracts.NotApplicable) as caught:
		chosen(offered=[contract("normal")], branch="south", named=named)
	assert caught.value.code == code
	assert caught.value.contract is named


def test_a_named_insurer_needs_a_service_with_insurance():
	for named in ({"named": contract("c", DANA)}, {"named_supplementary": contract("c", DANA_PLUS)}):
		with pytest.raises(contracts.NotApplicable) as caught:
			chosen(Subject("botox"), **named)
		assert caught.value.code == contracts.NOT_INSURABLE
	with pytest.raises(contracts.NotApplicable) as caught:
		chosen(named_supplementary=contract("c", DANA))
	assert caught.value.code == contracts.NOT_SUPPLEMENTARY


def test_within_a_level_the_more_specific_line_wins():
	subject = Subject("laser", "face", "skin", "901020")
	targets = [
		Target(SERVICE, "laser", "face"),
		Target(SERVICE, "laser"),
		Target(CODE, "9010"),
		Target(CODE, "90"),
		Target(DEPARTMENT, "skin"),
		Target(ALL_SERVICES),
	]
	for place in range(len(targets)):
		left = targets[place:]
		one = contract("one", targets=left)
		assert contracts.best(subject, [one]).item.target == targets[place]
		spread = [contract(f"c{n}", targets=[target]) for n, target in enumerate(reversed(left))]
		assert contracts.best(subject, spread).item.target == targets[place]


def test_an_area_is_not_another_area_or_the_whole_service():
	face = contract("face", targets=[Target(SERVICE, "laser", "face")])
	assert contracts.best(Subject("laser", "arm"), [face]) is None
	assert contracts.best(Subject("laser"), [face]) is None


def test_a_branchs_own_contract_beats_one_for_all_branches():
	everywhere = contract("all", targets=[Target(SERVICE, "laser")])
	south = contract("south", branch="south")
	assert chosen(offered=[everywhere, south], branch="south")[0] == "south"
	assert chosen(offered=[everywhere, south], branch="north")[0] == "all"
	assert chosen(offered=[everywhere, south])[0] == "all"


DAYS = st.integers(0, 40).map(lambda n: datetime.date(2026, 1, 1) + datetime.timedelta(days=n))
PERIODS = st.tuples(st.none() | DAYS, st.none() | DAYS).filter(lambda p: None in p or p[0] <= p[1])


@given(PERIODS, PERIODS)
def test_two_periods_overlap_when_they_have_a_day_in_common(one, other):
	one, other = Period(*one), Period(*other)
	days = [datetime.date(2025, 12, 31) + datetime.timedelta(days=n) for n in range(43)]
	shared = any(one.holds(day) and other.holds(day) for day in days)
	assert one.overlaps(other) == other.overlaps(one) == shared


TARGETS = st.sampled_from(
	[
		Target(SERVICE, "laser"),
		Target(SERVICE, "laser", "face"),
		Target(CODE, "90"),
		Target(DEPARTMENT, "skin"),
		Target(ALL_SERVICES),
	]
)
CONTRACTS = st.builds(
	contract,
	st.sampled_from("abcdef"),
	st.sampled_from([NORMAL, VIP, DANA, DANA_PLUS]),
	st.sets(TARGETS),
	PERIODS.map(lambda p: Period(*p)),
	st.sampled_from([None, "north", "south"]),
	is_active=st.booleans(),
)


@given(CONTRACTS, CONTRACTS)
def test_a_clash_is_mutual_and_never_with_itself(one, other):
	found = contracts.clash(one, [other])
	assert bool(found) == bool(contracts.clash(other, [one]))
	assert contracts.clash(one, [one]) is None
	if found:
		assert found.contract is other and found.target in one.items and found.target in other.items


@given(st.lists(CONTRACTS, max_size=5, unique_by=lambda c: c.name), DAYS, st.sampled_from([None, "north"]))
def test_without_clashes_the_choice_does_not_depend_on_the_order_given(offered, day, branch):
	kept = []
	for one in offered:
		if not contracts.clash(one, kept):
			kept.append(one)
	subject = Subject("laser", "face", "skin", "901020", has_insurance=True)
	held = [Coverage(VIP), Coverage(DANA), Coverage(DANA_PLUS)]
	forward = contracts.choose(subject, kept, held, branch, day)
	assert forward == contracts.choose(subject, kept[::-1], held, branch, day)
	for picked in (forward.base, forward.supplementary):
		if picked:
			assert picked.contract.in_force(branch, day)
			assert picked.item.target in list(subject.targets())


@given(st.lists(CONTRACTS, max_size=5, unique_by=lambda c: c.name), DAYS)
def test_one_level_has_one_price_for_a_target_on_a_day(offered, day):
	kept = []
	for one in offered:
		if not contracts.clash(one, kept):
			kept.append(one)
	for branch in ("north", "south"):
		seen = [(c.level, target) for c in kept if c.in_force(branch, day) for target in c.items]
		assert len(seen) == len(set(seen))


def test_branches_clash_only_with_their_own_and_with_all():
	north, south, everywhere = (contract(b or "all", branch=b) for b in ("north", "south", None))
	assert contracts.clash(north, [south]) is None
	assert contracts.clash(north, [everywhere]).contract is everywhere
	assert contracts.clash(everywhere, [south]).contract is south


def test_the_next_day_is_no_clash():
	ended = contract("old", period=Period(datetime.date(2026, 1, 1), datetime.date(2026, 6, 30)))
	assert contracts.clash(contract("new", period=Period(datetime.date(2026, 7, 1))), [ended]) is None
	assert contracts.clash(contract("new", period=Period(datetime.date(2026, 6, 30))), [ended])
