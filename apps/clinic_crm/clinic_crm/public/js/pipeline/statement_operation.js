// "CRM activity" in the header of a patient's statement (B15, B25): on the open lead, or a new one.
import { button, h } from "../kit";
import { open_activity } from "./activity_dialog";
import { open_new_lead } from "./new_lead";

const OPEN = ["New Lead", "In Progress", "New Opportunity"];

/** Log an activity for a patient: asks which lead when there are several. */
export async function log_for_patient({ patient, full_name, refresh }) {
	const person = { name: patient, full_name };
	const leads = await open_leads(patient).catch(() => null);
	if (!leads) return null;
	if (!leads.length) return open_new_lead({ patient: person, on_created: refresh });
	if (leads.length === 1) return open_activity({ lead: leads[0], on_done: refresh });
	return choose_lead(leads, { person, refresh });
}

function open_leads(patient) {
	return clinic.call("frappe.client.get_list", {
		doctype: "Clinic Lead",
		fields: ["name", "title", "status", "creation"],
		filters: { patient, status: ["in", OPEN] },
		order_by: "creation desc",
		limit_page_length: 20,
	});
}

function choose_lead(leads, { person, refresh }) {
	const frame = clinic.ui.dialog({
		title: __("Which lead is it about?"),
		content: h(
			"div",
			{ class: "clinic-known" },
			leads.map((lead) =>
				h(
					"div",
					{ class: "clinic-known__row" },
					h("strong", {}, lead.title),
					h(
						"span",
						{ class: "text-muted" },
						clinic.fmt.date(lead.creation, { short: true })
					),
					button(__("Log activity"), () => {
						frame.hide();
						open_activity({ lead, on_done: refresh });
					})
				)
			)
		),
		secondary: {
			label: __("New lead"),
			action: () => {
				frame.hide();
				open_new_lead({ patient: person, on_created: refresh });
			},
		},
	});
	return frame;
}

/** Offer it to the statement, whichever bundle is loaded first. */
export function install() {
	frappe.provide("clinic.statement");
	clinic.statement.operations ||= [];
	clinic.statement.operations.push({
		tabs: ["summary", "crm"],
		label: () => __("CRM activity"),
		available: () => frappe.model.can_create("Clinic Activity"),
		run: log_for_patient,
	});
}
