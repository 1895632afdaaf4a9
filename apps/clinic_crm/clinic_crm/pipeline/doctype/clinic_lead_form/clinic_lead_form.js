// Form builder: the public link, to copy and to look at (C068).
frappe.ui.form.on("Clinic Lead Form", {
	setup(frm) {
		frm.set_query("assigned_to", () => ({
			filters: { user_type: "System User", enabled: 1 },
		}));
		frm.set_query("team", () => ({ filters: { is_active: 1 } }));
		frm.set_query("channel", () => ({ filters: { status: "Active" } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const url = `${window.location.origin}/lead/${frm.doc.route}`;
		frm.add_custom_button(__("Copy public link"), () => frappe.utils.copy_to_clipboard(url));
		frm.change_custom_button_type(__("Copy public link"), null, "primary");
		frm.add_custom_button(__("Open public form"), () =>
			window.open(url, "_blank", "noopener")
		);
		frm.add_custom_button(__("Submissions"), () =>
			frappe.set_route("List", "Clinic Lead Submission", { lead_form: frm.doc.name })
		);
		const link = `<a href="${encodeURI(
			url
		)}" target="_blank" rel="noopener">${frappe.utils.escape_html(url)}</a>`;
		frm.dashboard.clear_headline();
		if (frm.doc.status === "Active")
			frm.dashboard.set_headline(__("Open to people at {0}", [link]), "green");
		else frm.dashboard.set_headline(__("This form is closed."), "orange");
	},
});

frappe.ui.form.on("Clinic Lead Form Field", {
	fieldname(frm, cdt, cdn) {
		const row = locals[cdt][cdn];
		if (row.fieldname === "mobile") frappe.model.set_value(cdt, cdn, "is_required", 1);
	},
});
