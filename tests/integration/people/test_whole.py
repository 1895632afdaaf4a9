"""The kept file and those merged into it are read as one person (N6, D45)."""

import MySQLdb
import pytest


@pytest.fixture
def chain(site):
	"""C was kept; A and B were merged into it. D is somebody else."""

	def make(name, merged_into=None):
		row = {"doctype": "Clinic Patient", "first_name": name, "full_name": name}
		doc = site.get_doc(
			row | {"status": "Merged" if merged_into else "Active", "merged_into": merged_into}
		)
		doc.name = f"whole-{name}"
		doc.db_insert()
		return doc.name

	kept = make("c")
	return [kept, make("a", kept), make("b", kept)], make("d")


def test_whoever_is_asked_for_the_whole_person_is_named_kept_first(chain):
	from clinic_core.people.merging import whole

	person, other = chain
	assert all(whole.names_of(name) == person for name in person)
	assert all(whole.names_of(name, lock=True) == person for name in person)
	assert whole.names_of(other) == [other]
	assert whole.names_of("nobody") == ["nobody"]


def test_several_are_asked_for_in_two_queries_at_most(chain, count_queries):
	from clinic_core.people.merging import whole

	person, other = chain
	with count_queries() as queries:
		assert whole.names_of_many([person[0], other]) == {person[0]: person, other: [other]}
	assert len(queries) == 1
	with count_queries() as queries:
		assert whole.names_of_many([person[1], person[2]]) == {name: person for name in person[1:]}
	assert len(queries) == 2


def test_the_file_in_use_is_one_step_away(chain):
	from clinic_core.people.merging import whole

	person, other = chain
	assert whole.kept_of_many([*person, other, "nobody"]) == {name: person[0] for name in person} | {
		other: other
	}
	assert whole.kept_of(person[2]) == person[0]


@pytest.fixture
def beside(site):
	"""A second connection, which waits for nobody for longer than a second; what it writes is removed."""
	conf = site.conf
	connection = MySQLdb.connect(
		host=conf.db_host or "127.0.0.1",
		port=int(conf.db_port or 3306),
		user=conf.db_name,
		password=conf.db_password,
		database=conf.db_name,
	)
	cursor = connection.cursor()
	cursor.execute("set session innodb_lock_wait_timeout = 1")

	def run(query, *values):
		try:
			cursor.execute(query, values)
		finally:
			connection.commit()

	yield run
	cursor.execute("delete from `tabClinic Patient` where name like 'beside-%'")
	connection.commit()
	connection.close()


ADD = "insert into `tabClinic Patient` (name, first_name, full_name, status, merged_into) values (%s, 'x', 'x', %s, %s)"


def test_who_locks_a_person_holds_up_nobody_else(site, beside):
	"""A payment locks all files of its patient; meanwhile others are changed, registered and merged."""
	from clinic_core.people.merging import whole

	site.db.rollback()
	for number in range(40):
		beside(ADD, f"beside-{number:02}", "Active", None)
	for number in range(40, 44):
		beside(ADD, f"beside-{number}", "Merged", f"beside-{number - 40:02}")
	person = ["beside-01", "beside-41"]
	assert whole.names_of("beside-41", lock=True) == person
	change = "update `tabClinic Patient` set city = 'there' where name = %s"
	beside(change, "beside-07")
	beside(change, "beside-42")
	beside(ADD, "beside-zz", "Active", None)
	beside(ADD, "beside-00x", "Active", None)
	for name in person:
		with pytest.raises(MySQLdb.OperationalError, match="Lock wait timeout"):
			beside(change, name)
	site.db.rollback()
	beside(change, person[0])


def test_the_files_of_a_person_are_locked_by_index_however_few_there_are(site, chain, monkeypatch):
	from clinic_core.people.merging import whole

	asked, ask = [], site.db.sql
	with monkeypatch.context() as patch:
		patch.setattr(site.db, "sql", lambda *given, **more: asked.append(given) or ask(*given, **more))
		whole.names_of_many(chain[0], lock=True)
	assert asked
	for query, *values in asked:
		for row in site.db.sql(f"explain {query}", *values, as_dict=True):
			assert row.type not in ("ALL", "index"), (query, row)
