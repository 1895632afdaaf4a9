// Form of a consent: who may be asked, and that it is written once.
frappe.ui.form.on("Clinic Consent", {
	setup(frm) {
		const kinds = ["Clinic Patient", "Clinic Contact", "Clinic Lead"];
		frm.set_query("person_doctype", () => ({ filters: { name: ["in", kinds] } }));
		frm.set_query("policy", () => ({ filters: { status: "Published" } }));
	},
	refresh(frm) {
		if (frm.is_new()) return;
		const colours = { Given: "green", Refused: "red", Withdrawn: "orange" };
		frm.page.set_indicator(__(frm.doc.decision), colours[frm.doc.decision]);
		frm.disable_form();
	},
});
