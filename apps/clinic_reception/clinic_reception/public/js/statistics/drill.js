/* A click on a figure opens the list of the very documents behind it. */

const API = "clinic_reception.front_desk.statistics.api";

/** drill(what, row, answer, filters): `what` is what the column `opens`; a row without service is the total. */
export async function drill(what, row, answer, filters) {
	const { first, last } = answer.period;
	const within = ["Between", [first, last]];
	const branch = filters.branch ? { branch: filters.branch } : {};
	if (what === "receptions") {
		open_list("Clinic Reception", {
			docstatus: 1,
			posted_at: within,
			...branch,
			...(row.service ? { "Clinic Reception Line.service": row.service } : {}),
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
			...(row.service ? { service: row.service } : {}),
		});
	}
}

function open_list(doctype, filters) {
	frappe.route_options = filters;
	frappe.set_route("List", doctype, "List");
}
