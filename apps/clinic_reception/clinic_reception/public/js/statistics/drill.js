/* A click on a figure opens the list of the very documents behind it. */

const API = "clinic_reception.front_desk.statistics.api";

/** drill(what, row, answer, filters): `what` is what the column `opens`; a row without service is all of them. */
export async function drill(what, row, answer, filters) {
	const { first, last } = answer.period;
	const within = ["Between", [first, last]];
	const branch = filters.branch ? { branch: filters.branch } : {};
	const service = services_of(row, answer, filters);
	if (what === "receptions") {
		open_list("Clinic Reception", {
			docstatus: 1,
			posted_at: within,
			...branch,
			...(service ? { "Clinic Reception Line.service": service } : {}),
		});
	} else if (what === "new_patients") {
		const names = await clinic.call(`${API}.new_patients_of`, {
			service: row.service,
			period: "custom",
			from_date: first,
			to_date: last,
			branch: filters.branch,
		});
		open_list("Clinic Patient", { name: ["in", names] });
	} else {
		open_list("Clinic Appointment", {
			start: within,
			status: what === "no_shows" ? "No Show" : ["not in", ["Held", "Cancelled"]],
			...branch,
			...(service ? { service } : {}),
		});
	}
}

// The services a figure is about: one, those that were asked for, or all.
function services_of(row, { rows }, { department, text }) {
	if (row.service) return row.service;
	return department || text ? ["in", rows.map((one) => one.service)] : null;
}

function open_list(doctype, filters) {
	frappe.route_options = filters;
	frappe.set_route("List", doctype, "List");
}
