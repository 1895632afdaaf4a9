"""Which backups stay: by example, and what holds for every history and every rule."""

import datetime

from clinic_core.operations.backup.retention import FAILED, NOT_VERIFIED, VERIFIED, Backup, Rule, superfluous
from hypothesis import given
from hypothesis import strategies as st

NIGHT = datetime.datetime(2026, 11, 21, 2, 0)


def nights(count, status=VERIFIED):
	return [Backup(f"{night:04}", NIGHT - datetime.timedelta(days=night), status) for night in range(count)]


def kept(backups, rule):
	gone = set(superfluous(backups, rule))
	return [backup for backup in backups if backup.name not in gone]


def test_a_year_of_nights_is_thinned_out():
	left = kept(nights(365), Rule(daily=7, weekly=4, monthly=12))
	# Seven days; of four weeks two more; of twelve months eleven more.
	assert len(left) == 7 + 2 + 11
	assert [backup.name for backup in left[:7]] == [f"{n:04}" for n in range(7)]


def test_days_without_a_backup_do_not_count():
	old = [Backup(str(n), NIGHT - datetime.timedelta(days=100 + 10 * n), VERIFIED) for n in range(5)]
	assert kept(old, Rule(daily=5, weekly=0, monthly=0)) == old


def test_of_one_day_the_newest_verified_one_stands():
	morning = Backup("morning", NIGHT, VERIFIED)
	noon = Backup("noon", NIGHT + datetime.timedelta(hours=10), NOT_VERIFIED)
	yesterday = Backup("yesterday", NIGHT - datetime.timedelta(days=1), VERIFIED)
	# Noon is the newest usable one and stays for that alone.
	assert kept([morning, noon, yesterday], Rule(1, 0, 0)) == [morning, noon]


def test_failed_ones_go_once_a_good_one_followed():
	failed = [Backup(f"bad {n}", NIGHT + datetime.timedelta(hours=n), FAILED) for n in range(5)]
	assert [b.name for b in kept(failed, Rule())] == ["bad 2", "bad 3", "bad 4"]
	good = Backup("good", NIGHT + datetime.timedelta(days=1), VERIFIED)
	assert kept([*failed, good], Rule()) == [good]


histories = st.lists(
	st.builds(
		Backup,
		name=st.uuids().map(str),
		made_at=st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2027, 1, 1)),
		status=st.sampled_from([VERIFIED, NOT_VERIFIED, FAILED]),
	),
	max_size=60,
	unique_by=lambda backup: backup.name,
)
rules = st.builds(Rule, *[st.integers(0, 10)] * 3)


def newest(backups):
	return max(backups, key=lambda b: (b.made_at, b.name), default=None)


@given(histories, rules)
def test_the_newest_verified_and_the_newest_usable_one_always_stay(backups, rule):
	left = kept(backups, rule)
	for good in ({VERIFIED}, {VERIFIED, NOT_VERIFIED}):
		best = newest([b for b in backups if b.status in good])
		assert best is None or best in left


@given(histories, rules)
def test_what_is_left_is_never_thinned_out_again(backups, rule):
	left = kept(backups, rule)
	assert superfluous(left, rule) == []


@given(histories, rules)
def test_no_more_stay_than_the_rule_asks_for(backups, rule):
	usable = [b for b in kept(backups, rule) if b.status != FAILED]
	assert len(usable) <= rule.daily + rule.weekly + rule.monthly + 2


@given(histories, st.integers(1, 10))
def test_each_of_the_last_days_is_stood_for(backups, days):
	usable = [b for b in backups if b.status != FAILED]
	last = sorted({b.made_at.date() for b in usable}, reverse=True)[:days]
	left = {b.made_at.date() for b in kept(backups, Rule(days, 0, 0)) if b.status != FAILED}
	assert set(last) <= left
