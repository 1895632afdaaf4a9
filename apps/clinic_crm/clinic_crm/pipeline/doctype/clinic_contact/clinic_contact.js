// Form of a contact: what he agreed to and how we may reach him (N15).
frappe.ui.form.on("Clinic Contact", {
	refresh(frm) {
		if (frm.is_new()) return;
		const { name, full_name, mobile } = frm.doc;
		const panel = clinic.privacy.consent_panel({
			doctype: "Clinic Contact",
			name,
			full_name,
			mobile,
		});
		const holder = frm.fields_dict.privacy_html?.$wrapper?.[0];
		if (panel && holder) holder.replaceChildren(panel);
		frm.toggle_display("privacy_section", Boolean(panel));
	},
});
