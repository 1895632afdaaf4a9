/* Shifts are opened and closed on the Cash Desk page. */

frappe.ui.form.on("Clinic Cash Shift", {
	refresh(frm) {
		frm.disable_save();
		if (frm.doc.status === "Open") {
			frm.add_custom_button(__("Cash desk"), () => frappe.set_route("clinic-cash-desk"));
		}
		if (frm.doc.status === "Closed" && frm.doc.difference) {
			frm.dashboard.set_headline_alert(
				`<span>${__("Difference: {0}", [clinic.fmt.money(frm.doc.difference)])}</span>`,
				"red"
			);
		}
	},
});
