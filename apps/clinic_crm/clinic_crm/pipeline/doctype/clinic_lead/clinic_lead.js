// Form of a lead: what may be done next, offered by the server (C073, C085, C086, C015).
const LEAD_API = "clinic_crm.pipeline.api.";

frappe.ui.form.on("Clinic Lead", {
	setup(frm) {
		frm.set_query("assigned_to", () => ({
			filters: { user_type: "System User", enabled: 1 },
		}));
		frm.set_query("team", () => ({ filters: { is_active: 1 } }));
		frm.set_query("feedback", () => ({ filters: { is_active: 1 } }));
		frm.set_query("channel", () => ({ filters: { status: "Active" } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		add_lead_buttons(frm);
	},
});

async function add_lead_buttons(frm) {
	const name = frm.doc.name;
	const details = await clinic.call(LEAD_API + "lead_details", { lead: name }, { quiet: true });
	if (frm.doc.name !== name) return;
	const may = new Set(details.actions);
	const context = { ...details, on_done: () => frm.reload_doc() };
	const run = (method, args = {}) =>
		clinic.command(LEAD_API + method, { lead: name, ...args }).then(() => frm.reload_doc());
	const actions = [
		["log_activity", __("New activity"), () => clinic.pipeline.open_activity(context)],
		[
			"convert_to_patient",
			__("Convert to patient"),
			() => clinic.pipeline.open_convert(context),
		],
		["book", __("Book appointment"), () => clinic.pipeline.open_booking(context)],
		["take", __("Take it"), () => run("take_lead")],
		[
			"set_stagnant",
			__("Mark stagnant"),
			() => ask_reason((reason) => run("set_stagnant", { reason })),
		],
		["reopen", __("Reopen"), () => run("reopen")],
	];
	frm.clear_custom_buttons();
	for (const [code, label, action] of actions) {
		if (may.has(code)) frm.add_custom_button(label, action);
	}
	if (may.has("log_activity"))
		frm.change_custom_button_type(__("New activity"), null, "primary");
	show_duplicates(frm, details.duplicates);
}

async function ask_reason(work) {
	const reason = await clinic.ui.confirm_reason({
		title: __("Mark stagnant"),
		label: __("Why does this lead not go on?"),
	});
	if (reason) await work(reason);
}

function show_duplicates(frm, duplicates) {
	if (!duplicates.length) return;
	const links = duplicates
		.slice(0, 5)
		.map((row) =>
			frappe.utils.get_form_link(
				row.doctype,
				row.name,
				true,
				frappe.utils.escape_html(row.full_name || row.name)
			)
		);
	frm.dashboard.clear_headline();
	frm.dashboard.set_headline(
		__("May be the same person: {0}", [clinic.fmt.list(links)]),
		"orange"
	);
}
