/* Lists of masters for pickers, fetched once in a while, and the pickers over them. */

import { call } from "../kit/call.js";
import { combo_box } from "../kit/combo.js";
import { duration, money } from "../kit/fmt.js";
import { watch } from "../kit/live.js";

const KEEP_MS = 5 * 60_000;
// A clinic with more services than this searches on the server; any other has them all at once.
const MOST_SERVICES = 300;
const PAGE = 50;
const LIST_SERVICES = "clinic_core.service_catalog.api.list_services";
const kept = new Map();
let watching = false;

function remember(key, fetch) {
	const known = kept.get(key);
	if (known && Date.now() - known.at < KEEP_MS) return known.rows;
	const rows = fetch();
	kept.set(key, { at: Date.now(), rows });
	rows.catch(() => kept.delete(key));
	return rows;
}

const list = (doctype, fields, filters, order_by) =>
	call(
		"frappe.client.get_list",
		{ doctype, fields, filters, order_by, limit_page_length: 0 },
		{ quiet: true }
	);

/**
 * Active services with department, flags and areas, in the manager's order: all of them in a clinic
 * with up to 300, else the first of them.
 */
export function services() {
	forget_when_changed();
	return remember("services", async () => {
		const rows = await list_services({ limit: MOST_SERVICES + 1 });
		many_services = rows.length > MOST_SERVICES;
		return rows.slice(0, MOST_SERVICES);
	});
}

let many_services = false;

/** The services that fit `text`, best first; a scanned code or barcode comes first (A73). */
export function find_services(text) {
	return list_services({ text, limit: PAGE });
}

/** One active service by name, null if there is none. */
export async function service(name) {
	const known = (await services()).find((row) => row.name === name);
	return known || (await list_services({ service: name, limit: 1 }))[0] || null;
}

const list_services = (args) => call(LIST_SERVICES, args, { quiet: true });

// What somebody changes is in the next picker that opens, without reloading the desk.
function forget_when_changed() {
	if (watching) return;
	watching = true;
	watch(["Clinic Service", "Clinic Department"], () => {
		kept.delete("services");
		kept.delete("departments");
	});
}

/** Active practitioners: {name, practitioner_name, kind, department, branch, gender}. */
export function practitioners() {
	const fields = ["name", "practitioner_name", "kind", "department", "branch", "gender"];
	return remember("practitioners", () =>
		list("Clinic Practitioner", fields, { is_active: 1 }, "practitioner_name asc")
	);
}

/** Active departments: {name, title, kind}. */
export function departments() {
	const fields = ["name", "title", "kind"];
	return remember("departments", () =>
		list("Clinic Department", fields, { is_active: 1 }, "priority asc, title asc")
	);
}

/** Active sources of patients: {name, title}. */
export function referral_sources() {
	const filters = { is_active: 1, is_group: 0 };
	return remember("sources", () =>
		list("Clinic Referral Source", ["name", "title"], filters, "lft asc")
	);
}

/**
 * A combo box of services, by department with price and length. Also takes `filter(row)`, and `within()`
 * → a set of names that are offered (or a promise of one; null: all), asked again by `refetch()`. In a
 * clinic with very many services it asks the server for what is typed.
 */
export function service_picker({ filter = () => true, within = () => null, ...opts } = {}) {
	const options = async (rows) => {
		const names = await within();
		const fits = (row) => filter(row) && (!names || names.has(row.name));
		return by_group(rows.filter(fits).map(service_option));
	};
	const fetch = () => services().then(options);
	const box = combo_box({
		placeholder: __("Type a service"),
		label: __("Service"),
		...opts,
		options: fetch,
		is_partial: () => many_services,
		search: (text) => find_services(text).then(options),
		find: async (name) => {
			const row = await service(name);
			return row && service_option(row);
		},
	});
	return { ...box, refetch: () => fetch().then(box.set_options, () => {}) };
}

function service_option(row) {
	return {
		value: row.name,
		label: row.service_name,
		hint: `${money(row.amount)} · ${duration(row.duration_minutes)}`,
		group: row.department_title,
		words: row.search_text || "",
		codes: [row.barcode, row.code, row.national_code],
		row,
	};
}

/** A combo box of practitioners. `kinds` come first, in their order; others after them. */
export function practitioner_picker({ kinds = [], ...opts } = {}) {
	const rank = (row) => (kinds.includes(row.kind) ? kinds.indexOf(row.kind) : kinds.length);
	return combo_box({
		placeholder: __("Anyone"),
		label: __("Practitioner"),
		...opts,
		options: () =>
			practitioners().then((rows) =>
				[...rows]
					.sort((one, other) => rank(one) - rank(other))
					.map((row) => ({
						value: row.name,
						label: row.practitioner_name,
						hint: __(row.kind),
						row,
					}))
			),
	});
}

/** A combo box of departments; `filter(row)` leaves some out. */
export function department_picker({ filter = () => true, ...opts } = {}) {
	return combo_box({
		label: __("Department"),
		...opts,
		options: () =>
			departments().then((rows) =>
				rows
					.filter(filter)
					.map((row) => ({ value: row.name, label: row.title, hint: __(row.kind), row }))
			),
	});
}

/** A combo box of referral sources. */
export function source_picker(opts = {}) {
	return combo_box({
		label: __("Source: how did they hear of us?"),
		...opts,
		options: () =>
			referral_sources().then((rows) =>
				rows.map((row) => ({ value: row.name, label: row.title }))
			),
	});
}

// Options of one group stand together; groups keep the order in which they first come.
function by_group(options) {
	const groups = new Map();
	for (const option of options) {
		if (!groups.has(option.group)) groups.set(option.group, []);
		groups.get(option.group).push(option);
	}
	return [...groups.values()].flat();
}
