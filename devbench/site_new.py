"""Creates a bare site: `python -m devbench.site_new SITE`, from the sites folder, passwords as JSON on standard input.

Frappe's own `new-site` would do but for three things: it hands the path of its SQL file to a
shell without quotes, which breaks in a folder with spaces; it takes passwords as arguments,
which every user of the machine can see while it runs; and it takes long, where a copy of a
site made before takes a few seconds.
"""

import hashlib
import inspect
import json
import os
import shlex
import sys
from collections.abc import Callable

import frappe
from frappe.database.db_manager import DbManager
from frappe.installer import _new_site, install_db, make_site_dirs
from frappe.utils.password import update_password


def _quote_sql_path() -> None:
	"""Quote the path before Frappe puts it into its shell command."""
	original = DbManager.restore_database

	def restore(*arguments: object, **named: object) -> None:
		# (target, source, …) in 15.0.0-dev, (verbose, target, source, …) since.
		original(*(shlex.quote(one) if _is_sql(one) else one for one in arguments), **named)

	DbManager.restore_database = staticmethod(restore)


def _is_sql(argument: object) -> bool:
	return isinstance(argument, str) and argument.endswith(".sql")


def _from_everywhere(function: Callable) -> dict[str, object]:
	"""How the site's database user may come from any host: the option was renamed after 15.0.0-dev."""
	if "no_mariadb_socket" in inspect.signature(function).parameters:
		return {"no_mariadb_socket": True}
	return {"mariadb_user_host_login_scope": "%"}


def _from_nothing(site: str, db_user: str, db_root: str, admin: str) -> None:
	"""Let Frappe create all its tables and records."""
	_new_site(
		None,
		site,
		db_root_username=db_user,
		db_root_password=db_root,
		admin_password=admin,
		install_apps=[],
		force=True,
		db_type="mariadb",
		**_from_everywhere(_new_site),
	)


def _from_snapshot(db_user: str, db_root: str, admin: str, snapshot: str) -> None:
	"""Load the tables of a bare site made before; the database and its user are this site's own."""
	make_site_dirs()
	site_path = os.path.realpath(frappe.get_site_path())
	install_db(
		root_login=db_user,
		root_password=db_root,
		# Named as Frappe names it.
		db_name="_" + hashlib.sha1(site_path.encode()).hexdigest()[:16],
		admin_password=admin,
		source_sql=snapshot,
		verbose=False,
		force=True,
		db_type="mariadb",
		**_from_everywhere(install_db),
	)
	update_password("Administrator", admin)
	frappe.db.commit()
	# A site of this name may have been dropped just now: what Redis remembers of it is not this one.
	frappe.clear_cache()


def main(site: str) -> None:
	"""Create the database and the bare site."""
	given = json.load(sys.stdin)
	_quote_sql_path()
	frappe.init(site=site, new_site=True)
	if given.get("snapshot"):
		_from_snapshot(**given)
	else:
		_from_nothing(site, **given)
	frappe.destroy()


if __name__ == "__main__":
	main(sys.argv[1])
