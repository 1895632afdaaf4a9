// Boxes to choose from the short lists of the CRM, each fetched once in a while.
import { fill, h, icon } from "../kit";

const KEEP_MS = 5 * 60_000;
const kept = new Map();

function remember(key, fetch) {
	const known = kept.get(key);
	if (known && Date.now() - known.at < KEEP_MS) return known.rows;
	const rows = fetch();
	kept.set(key, { at: Date.now(), rows });
	rows.catch(() => kept.delete(key));
	return rows;
}

function titles(doctype, filters, hint) {
	const args = {
		doctype,
		fields: ["name", "title", ...(hint ? [hint] : [])],
		filters,
		order_by: "title asc",
		limit_page_length: 0,
	};
	return remember(doctype, () => clinic.call("frappe.client.get_list", args, { quiet: true }));
}

function picker(rows, { hint, ...opts }) {
	return clinic.ui.combo_box({
		...opts,
		options: rows
			.then((list) =>
				list.map((row) => ({
					value: row.name,
					label: __(row.title),
					hint: hint && row[hint] ? __(row[hint]) : "",
				}))
			)
			.catch(() => []),
	});
}

const methods = () => titles("Clinic Contact Method", { is_active: 1 });
const feedbacks = () => titles("Clinic Feedback", { is_active: 1 }, "outcome");
const channels = () => titles("Clinic Marketing Channel", { status: "Active" });
const teams = () => titles("Clinic Team", { is_active: 1 });
const people = () => remember("User", colleagues);

/** Fetch all lists ahead, so that the first dialog is ready at once. */
export function preload() {
	const lists = [methods, feedbacks, channels, teams, people, clinic.catalog.services];
	return Promise.allSettled(lists.map((list) => list()));
}

/** How somebody was reached: phone, SMS, … */
export const method_picker = (opts) => picker(methods(), { label: __("Contact method"), ...opts });

/** What the person answered. */
export const feedback_picker = (opts) =>
	picker(feedbacks(), { label: __("Feedback"), hint: "outcome", ...opts });

/** Where the lead came from. */
export const channel_picker = (opts) => picker(channels(), { label: __("Channel"), ...opts });

/** Work teams. */
export const team_picker = (opts) => picker(teams(), { label: __("Team"), ...opts });

/** People who work here, by name. */
export const colleague_picker = (opts) => picker(people(), { label: __("Assigned to"), ...opts });

// Nobody but an administrator may list users; everybody may search them by name.
async function colleagues() {
	const found = await clinic.compat.search_link({
		doctype: "User",
		txt: "",
		query: "frappe.core.doctype.user.user.user_query",
		page_length: 200,
	});
	return found.map((row) => ({
		name: row.value,
		title: row.label || row.description || row.value,
	}));
}

/** Several services, as chips → {element, get(): names}. */
export function services_box({ label = __("Wishes (services)") } = {}) {
	const chosen = new Map();
	const chips = h("div", { class: "clinic-chosen" });
	const show = () => fill(chips, chips_of(chosen, show));
	const box = clinic.catalog.service_picker({
		label,
		placeholder: __("Add a service"),
		on_change: (value, option) => {
			if (!value) return;
			chosen.set(value, option.label);
			box.set(null);
			show();
		},
	});
	return several({ chosen, chips, box });
}

/** Several patients, as chips → {element, get(): names}. */
export function patients_box() {
	const chosen = new Map();
	const chips = h("div", { class: "clinic-chosen" });
	const show = () => fill(chips, chips_of(chosen, show));
	const box = clinic.people.search_box(null, {
		placeholder: __("Add a patient"),
		on_select: (row) => {
			chosen.set(row.name, row.full_name);
			box.clear();
			show();
		},
	});
	return several({ chosen, chips, box });
}

function several({ chosen, chips, box }) {
	return { element: h("div", {}, box.element, chips), get: () => [...chosen.keys()] };
}

function chips_of(chosen, show) {
	return [...chosen].map(([value, label]) => {
		const remove = () => {
			chosen.delete(value);
			show();
		};
		const title = __("Remove {0}", [label]);
		return h(
			"span",
			{ class: "clinic-chosen__chip" },
			label,
			h("button", { title, "aria-label": title, on_click: remove }, icon("close", 12))
		);
	});
}
