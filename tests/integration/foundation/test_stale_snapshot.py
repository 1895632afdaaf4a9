"""A MariaDB that refuses to lock what changed since the snapshot (the default from 11.6.2 on).

Endpoints start again (`boundary.command`); a form or REST cannot and answers 409 like a deadlock.
"""

import MySQLdb
import pytest

DOCTYPE = "Clinic Counter"


@pytest.fixture
def snapshot_isolation(site):
	site.db.rollback()
	if not site.db.sql("show variables like 'innodb_snapshot_isolation'"):
		pytest.skip("this MariaDB does not know the setting")
	site.db.sql("set session innodb_snapshot_isolation = on")
	yield
	site.db.rollback()
	site.db.sql("set session innodb_snapshot_isolation = off")


@pytest.fixture
def elsewhere(site):
	"""A connection of somebody else that commits at once."""
	conf = site.conf
	connection = MySQLdb.connect(
		host=conf.db_host or "127.0.0.1",
		port=int(conf.db_port or 3306),
		user=conf.db_name,
		password=conf.db_password,
		database=conf.db_name,
		autocommit=True,
	)
	yield connection.cursor()
	connection.close()


@pytest.fixture
def counter(site, elsewhere):
	name = site.generate_hash(length=12)
	elsewhere.execute(
		f"insert into `tab{DOCTYPE}` (name, owner, creation, modified) values (%s, 'x', now(), now())",
		(name,),
	)
	yield name
	site.db.rollback()
	elsewhere.execute(f"delete from `tab{DOCTYPE}` where name = %s", (name,))


def test_a_row_that_changed_meanwhile_is_a_conflict_and_no_fault(
	site, snapshot_isolation, elsewhere, counter
):
	from clinic_core.foundation import compat

	compat.answer_conflicts_with_409()
	compat.answer_conflicts_with_409()  # as for every request
	site.db.get_value(DOCTYPE, counter, "owner")  # takes the snapshot
	elsewhere.execute(f"update `tab{DOCTYPE}` set owner = 'y' where name = %s", (counter,))
	with pytest.raises(site.QueryDeadlockError) as caught:
		site.db.get_value(DOCTYPE, counter, "owner", for_update=True)
	assert caught.value.http_status_code == 409
	assert compat.is_retryable(caught.value)


def test_other_faults_stay_what_they_are(site):
	from clinic_core.foundation import compat

	compat.answer_conflicts_with_409()
	assert not site.db.is_deadlocked(MySQLdb.OperationalError(2006, "server has gone away"))
	assert site.db.is_deadlocked(MySQLdb.OperationalError(1213, "Deadlock found"))
