/* Colours by state; the newest day first. Filters of every day, the board, the lists for paper. */

const MAY_PRINT = ["Clinic Manager", "Clinic Branch Supervisor", "Clinic Receptionist"];
const BOARD = "Appointments of today";

// The cards of the board are drawn by Frappe, which asks the field how its values are written.
frappe.meta.get_docfield("Clinic Appointment", "start").formatter = (value) =>
	frappe.utils.escape_html(clinic.fmt.datetime(value));

clinic.compat.complete_boards();

frappe.listview_settings["Clinic Appointment"] = {
	add_fields: [
		"status",
		"start",
		"service",
		"practitioner",
		"creation",
		"patient",
		"patient_name",
		"move_count",
		"is_history",
	],
	refresh: (list) => clinic.people.mark_list(list),
	hide_name_column: true,
	ready: () => Promise.all([know_services(), know_practitioners()]).catch(() => {}),
	onload(list) {
		const only = (label, filters) =>
			list.page.add_inner_button(label, () => show(list, filters), __("Show"));
		const today = clinic.fmt.today();
		const tomorrow = clinic.fmt.add_days(today, 1);
		const of_day = (day) => [["start", "between", [`${day} 00:00:00`, `${day} 23:59:59`]]];
		only(__("Today"), of_day(today));
		only(__("Tomorrow"), of_day(tomorrow));
		only(__("To be confirmed"), [...of_day(tomorrow), ["status", "=", "Booked"]]);
		only(__("Moved"), [["move_count", ">", 0]]);
		only(__("Did not come"), [["status", "=", "No Show"]]);
		list.page.add_inner_button(__("Board of today"), () =>
			frappe.set_route("List", "Clinic Appointment", "Kanban", BOARD)
		);
		list.page.add_menu_item(__("My day"), () =>
			frappe.set_route("query-report", "Clinic My Day")
		);
		if (MAY_PRINT.some((role) => frappe.user.has_role(role)))
			list.page.add_menu_item(__("Lists for paper"), () => clinic.scheduling.paper_lists());
	},
	formatters: {
		start(value, _df, doc) {
			const when = frappe.utils.escape_html(clinic.fmt.datetime(value));
			if (doc.is_history || !doc.creation || value >= doc.creation) return when;
			const hint = __("Entered at {0}, after its time.", [
				clinic.fmt.datetime(doc.creation),
			]);
			const mark = clinic.ui.h("span", { class: "text-warning", title: hint }, "●");
			return `${when} ${mark.outerHTML}`;
		},
	},
	get_indicator(doc) {
		const colours = {
			Held: "gray",
			Booked: "blue",
			Confirmed: "purple",
			Arrived: "orange",
			Admitted: "yellow",
			Completed: "green",
			Cancelled: "darkgrey",
			"No Show": "red",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};

// Cards show the titles of their links, not the codes.
async function know_services() {
	const rows = await clinic.catalog.services();
	const titled = rows.map(({ name, service_name: title }) => ({ name, title }));
	clinic.compat.remember_titles("Clinic Service", titled);
}

async function know_practitioners() {
	const rows = await clinic.catalog.practitioners();
	const titled = rows.map(({ name, practitioner_name: title }) => ({ name, title }));
	clinic.compat.remember_titles("Clinic Practitioner", titled);
}

async function show(list, filters) {
	await list.filter_area.clear(false);
	await list.filter_area.add(filters.map((one) => ["Clinic Appointment", ...one]));
}
