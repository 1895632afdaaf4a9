// List of leads: states in colour, and the quick change of state (C015, C092).
const LEAD_COLOURS = {
	"New Lead": "blue",
	"In Progress": "orange",
	"New Opportunity": "purple",
	"Closed Opportunity": "green",
	Stagnant: "gray",
};
const LEAD_PIPELINE = "clinic_crm.pipeline.api.";

frappe.listview_settings["Clinic Lead"] = {
	add_fields: ["status", "priority", "mobile"],
	hide_name_column: true,
	get_indicator(doc) {
		return [__(doc.status), LEAD_COLOURS[doc.status], `status,=,${doc.status}`];
	},
	formatters: {
		mobile: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		priority: (value) =>
			value === "Important"
				? `<span class="indicator-pill red">${__("Important")}</span>`
				: __(value),
	},
	button: {
		show: (doc) =>
			doc.status !== "Closed Opportunity" && frappe.model.can_write("Clinic Lead"),
		get_label: () => __("Change status"),
		get_description: (doc) =>
			__("Change the status of {0}", [frappe.utils.escape_html(doc.title)]),
		action: (doc) => change_lead_status(doc),
	},
	onload(list) {
		list.page.add_inner_button(__("CRM Office"), () => frappe.set_route("clinic-crm-office"));
		list.page.add_actions_menu_item(
			__("Mark stagnant"),
			() => mark_leads_stagnant(list),
			true
		);
	},
};

function change_lead_status(doc) {
	const moves = {
		"New Lead": ["In Progress", "Stagnant"],
		"In Progress": ["Stagnant"],
		"New Opportunity": ["Stagnant"],
		Stagnant: ["In Progress"],
	}[doc.status];
	const dialog = new frappe.ui.Dialog({
		title: __("Change status"),
		fields: [
			{
				fieldname: "status",
				fieldtype: "Select",
				label: __("Status"),
				reqd: 1,
				default: moves[0],
				options: moves.map((value) => ({ value, label: __(value) })),
			},
			{
				fieldname: "reason",
				fieldtype: "Small Text",
				label: __("Reason"),
				depends_on: "eval:doc.status=='Stagnant'",
				mandatory_depends_on: "eval:doc.status=='Stagnant'",
			},
		],
		primary_action_label: __("Save"),
		primary_action: async ({ status, reason }) => {
			await move_lead(doc, status, reason);
			dialog.hide();
			clinic.compat.refresh_list();
		},
	});
	dialog.show();
}

function move_lead(doc, status, reason) {
	if (status === "Stagnant")
		return clinic.command(LEAD_PIPELINE + "set_stagnant", { lead: doc.name, reason });
	if (doc.status === "Stagnant")
		return clinic.command(LEAD_PIPELINE + "reopen", { lead: doc.name });
	return frappe.db.set_value("Clinic Lead", doc.name, "status", status);
}

async function mark_leads_stagnant(list) {
	const names = list.get_checked_items(true);
	if (!names.length) return;
	const reason = await clinic.ui.confirm_reason({
		title: __("Mark stagnant"),
		label: __("Why does this lead not go on?"),
	});
	if (!reason) return;
	for (const lead of names)
		await clinic.command(LEAD_PIPELINE + "set_stagnant", { lead, reason });
	list.clear_checked_items();
	list.refresh();
}
