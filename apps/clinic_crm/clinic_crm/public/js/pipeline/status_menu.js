// Change a lead's status right in the list (C092). What is offered follows the usual way; the
// server's transition table has the last word.
import { badge, h } from "../kit";

const API = "clinic_crm.pipeline.api.";
const LEADERS = ["Clinic Manager", "Clinic CRM Manager"];
const MOVES = {
	"New Lead": ["In Progress", "Stagnant"],
	"In Progress": ["New Opportunity", "Stagnant"],
	"New Opportunity": ["In Progress", "Closed Opportunity", "Stagnant"],
	Stagnant: ["In Progress"],
};
// By hand only for who answers for the pipeline.
const BY_LEADERS = new Set([
	"In Progress → New Opportunity",
	"New Opportunity → In Progress",
	"New Opportunity → Closed Opportunity",
]);

/** The status of a lead row as a button with a menu; a plain badge where nothing can be done. */
export function status_button(lead, on_done) {
	const moves = moves_of(lead.status);
	if (!moves.length || !frappe.model.can_write("Clinic Lead")) return badge(lead.status);
	const title = __("Change status");
	const open = (event) => {
		event.stopPropagation();
		const anchor = event.currentTarget;
		clinic.ui.menu(
			anchor,
			moves.map((status) => ({
				label: __(status),
				on_click: () => move(lead, status, on_done),
			})),
			{ title }
		);
	};
	return h(
		"button",
		{ class: "clinic-office__status", title, "aria-haspopup": "menu", on_click: open },
		badge(lead.status)
	);
}

function moves_of(status) {
	const leads = frappe.user.has_role(LEADERS);
	return (MOVES[status] || []).filter((to) => leads || !BY_LEADERS.has(`${status} → ${to}`));
}

/** Ask why, then mark the lead stagnant (C015). */
export function mark_stagnant(lead, on_done) {
	return clinic.ui.confirm_reason({
		title: __("Mark stagnant"),
		label: __("Why does this lead not go on?"),
		on_confirm: async (reason, button, error_area) => {
			const args = { lead: lead.name, reason };
			await clinic.command(`${API}set_stagnant`, args, { button, error_area });
			on_done();
		},
	});
}

async function move(lead, status, on_done) {
	if (status === "Stagnant") return mark_stagnant(lead, on_done);
	const reopens = lead.status === "Stagnant";
	const fields = { doctype: "Clinic Lead", name: lead.name, fieldname: "status", value: status };
	try {
		if (reopens) await clinic.command(`${API}reopen`, { lead: lead.name });
		else await clinic.command("frappe.client.set_value", fields);
	} catch (error) {
		return null; // The kit has shown it.
	}
	return on_done();
}
