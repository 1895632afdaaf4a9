/*
 * The one place that knows Frappe's private parts in the browser.
 * Checked for 15.0.0-dev (2023-08: run), 15.56 and 16.0.0-dev (2025-05: read, not run); what differs
 * is listed in docs/compatibility.md, and tests/unit/quality/test_compat.py keeps the names in here.
 *
 * Where a later Frappe lacks a part, its own behaviour stays and the console says so once: a box
 * that does not know Persian digits is better than a desk that does not open.
 */

const told = new Set();

function missing(name) {
	if (told.has(name)) return;
	told.add(name);
	console.warn(`clinic: this Frappe has no ${name}`);
}

/**
 * Put our own method in the place of a form control's: `make(before)` gives the new one. The classes
 * ControlData, ControlDate, ControlDatetime, ControlTime, ControlInt, ControlFloat, ControlCurrency and
 * ControlLink with the methods we wrap are the same in all versions checked.
 */
export function wrap_control(control, method, make) {
	const owner = frappe.ui.form[control]?.prototype;
	if (typeof owner?.[method] !== "function") return missing(`${control}.${method}`);
	owner[method] = make(owner[method]);
}

/** The same for a function of `frappe.datetime`, between stored and shown dates. */
export function wrap_datetime(name, make) {
	const before = frappe.datetime?.[name];
	if (typeof before !== "function") return missing(`datetime.${name}`);
	frappe.datetime[name] = make(before);
}

/** The same for a formatter of read-only fields, list cells and prints. */
export function wrap_formatter(fieldtype, make) {
	const before = frappe.form?.formatters?.[fieldtype];
	if (typeof before !== "function") return missing(`formatters.${fieldtype}`);
	frappe.form.formatters[fieldtype] = make(before);
}

/** The main version of the Frappe that runs: 15, 16. */
export function frappe_version() {
	return parseInt(frappe.boot?.versions?.frappe, 10) || 15;
}

/** A number's text as Frappe's formatters put it to the right. */
export function align_right(text, options) {
	const align = frappe.form.formatters._right;
	return align ? align.call(frappe.form.formatters, text, options) : text;
}

/** The title of a document's slug in the address: "clinic-patient". */
export function slug(doctype) {
	return frappe.router?.slug?.(doctype) ?? doctype.toLowerCase().replaceAll(" ", "-");
}

/** The list view on screen, if there is one. */
export function current_list() {
	return window.cur_list;
}

/** Show only the rows of the list on screen with this value. */
export function filter_list(list, fieldname, value) {
	return list.filter_area?.add(list.doctype, fieldname, "=", value);
}

/** Fetch the list on screen again, because what it shows has just been changed. */
export function refresh_list() {
	const list = window.cur_list;
	if (!list) return;
	// Frappe does not ask the same question twice within three seconds.
	list.last_args = null;
	list.refresh();
}

/** Fetch the calendar on screen again. */
export function refresh_calendar() {
	window.cur_list?.calendar?.refresh();
}

/** Frappe's own dialog for a session that ended. */
export function handle_session_expired() {
	frappe.app?.handle_session_expired?.();
}

/** Is the desk connected to the realtime server? null where the desk has no such connection at all. */
export function is_connected() {
	const socket = frappe.realtime?.socket;
	return socket ? Boolean(socket.connected) : null;
}

/** Never give up on the realtime server: Frappe stops after three attempts, and a restart takes longer. */
export function keep_connecting(longest_pause_ms) {
	const manager = frappe.realtime?.socket?.io;
	manager?.reconnectionAttempts?.(Infinity);
	manager?.reconnectionDelayMax?.(longest_pause_ms);
}

/** Join the room of a DocType, whose members are told when a document of it changes. */
export function enter_room(doctype) {
	frappe.realtime.doctype_subscribe(doctype);
}

/** Leave it again. */
export function leave_room(doctype) {
	frappe.realtime.doctype_unsubscribe(doctype);
}

/** Let nobody, such as a list view that closes, leave rooms that `is_needed(doctype)` wants. */
export function keep_rooms(is_needed) {
	const unsubscribe = frappe.realtime.doctype_unsubscribe;
	if (!unsubscribe) return missing("realtime.doctype_unsubscribe");
	frappe.realtime.doctype_unsubscribe = function (doctype) {
		if (!is_needed(doctype)) unsubscribe.call(this, doctype);
	};
}

/** Rows {value, label, description} that the search of a link box finds. */
export async function search_link(args) {
	const answer = await frappe.call({
		method: "frappe.desk.search.search_link",
		type: "GET",
		args,
	});
	// 15.0.0-dev answers in `results`, later ones in `message`.
	return answer.results || answer.message || [];
}

/** The link of a form's tab, as an element: `a.nav-link` in 15, `button.nav-link` later; null without it. */
export function tab_link(frm, fieldname) {
	const tab = frm.layout?.tabs?.find?.((one) => one.df?.fieldname === fieldname);
	return tab?.tab_link?.[0]?.querySelector?.(".nav-link") || null;
}

/** Frappe's copy of SortableJS, which its own boards use; null where the desk has none. */
export function sortable(element, options) {
	if (!window.Sortable) return missing("Sortable");
	return window.Sortable.create(element, options);
}

/** Put our own element above the rows of a list, below its title. */
export function above_list(list, element) {
	const main = list.page?.main?.[0];
	if (!main) return missing("listview.page.main");
	main.prepend(element);
}

/** The conditions a list shows now, as the server takes them. */
export function list_filters(list) {
	return list.get_filters_for_args?.() || [];
}

/** Let Frappe's lists and reports show these documents by their titles: rows {name, title}. */
export function remember_titles(doctype, rows) {
	const add = frappe.utils.add_link_title;
	if (!add) return missing("utils.add_link_title");
	for (const { name, title } of rows) add.call(frappe.utils, doctype, name, title);
}

/**
 * Boards of cards wait until they know which fields to fetch: early 15 draws them before the links among them
 * are known. `ready()` in the settings of a list is waited for as well, such as titles of its links.
 */
export function complete_boards() {
	const board = frappe.views.KanbanView?.prototype;
	if (!board || board.clinic_is_complete) return;
	board.clinic_is_complete = true;
	board.set_fields = async function () {
		await Promise.all([
			frappe.views.ListView.prototype.set_fields.call(this),
			this.settings.ready?.(),
		]);
		this._add_field(this.card_meta.title_field);
	};
}

/** Show only rows with this value of a field; an empty value shows all. The list fetches by itself. */
export async function set_list_filter(list, fieldname, value) {
	list.filter_area?.filter_list?.get_filter?.(fieldname)?.remove();
	// A field above the list keeps its own value, whatever is added to the filters.
	const field = list.page?.fields_dict?.[fieldname];
	if (field) return field.set_value(value);
	await list.filter_area?.remove(fieldname);
	return value && list.filter_area?.add(list.doctype, fieldname, "=", value);
}

/** Put these conditions [[doctype, field, sign, value]] in the place of those on a field of a list. */
export async function replace_list_filters(list, fieldname, filters) {
	await list.filter_area?.remove(fieldname);
	if (filters.length) await list.filter_area?.add(filters);
}

/** The titles of a list's rows as they stand on screen: pairs of (link, name of the document). */
export function list_subjects(list) {
	const boxes = list.$result?.[0]?.querySelectorAll?.(".list-row-checkbox[data-name]") || [];
	return [...boxes]
		.map((box) => [
			box.closest(".list-row")?.querySelector(".list-subject a[data-name]"),
			unescape(box.dataset.name),
		])
		.filter(([link]) => link);
}

/** The form on screen, if there is one. */
export function open_form() {
	return window.cur_frm;
}

/** Whether the form on screen has changes that were not saved. */
export function unsaved_form() {
	return Boolean(open_form()?.is_dirty?.());
}

/** Draw what stands below a form (comments, history) from what is known of it by now. */
export function refresh_timeline(form) {
	if (!form.timeline?.refresh) return missing("form.timeline");
	form.timeline.refresh();
}

/** Put our own element beside the search of the bar at the top, which 15 has and 16 has not: was it put? */
export function beside_search(element) {
	const search = document.querySelector("header.navbar .search-bar");
	if (!search) return false;
	search.before(element);
	return true;
}
