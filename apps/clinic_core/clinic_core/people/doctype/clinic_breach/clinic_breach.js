// The list of the people a breach concerns: prepared from the log of views, ticked off as they are told.
frappe.ui.form.on("Clinic Breach", {
	refresh(frm) {
		if (frm.is_new()) return;
		frm.add_custom_button(__("Prepare the list"), () => prepare(frm));
		if (frm.doc.to_notify_count)
			frm.add_custom_button(__("All were notified today"), () => all_notified(frm));
	},
});

async function prepare(frm) {
	if (frm.is_dirty()) await frm.save();
	const made = await clinic.command("clinic_core.people.disclosures.api.prepare_affected", {
		breach: frm.doc.name,
	});
	await frm.reload_doc();
	clinic.ui.toast(__("{0} people were added.", [clinic.fmt.number(made.added)]));
	if (made.unnamed) {
		clinic.ui.toast(
			__("{0} exports of this account name nobody: please look at the report.", [
				clinic.fmt.number(made.unnamed),
			]),
			{ kind: "warning" }
		);
	}
}

function all_notified(frm) {
	for (const row of frm.doc.affected || []) {
		if (!row.notified_on)
			frappe.model.set_value(row.doctype, row.name, "notified_on", clinic.fmt.today());
	}
	frm.set_value("status", "Notified");
	frm.save();
}
