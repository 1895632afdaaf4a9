/* A recall: what the call came to, or an appointment. */

frappe.ui.form.on("Clinic Recall", {
	refresh(frm) {
		if (frm.is_new()) return;
		const done = () => frm.reload_doc();
		const is_open = ["Due", "Contacted", "Not Reached"].includes(frm.doc.status);
		if (is_open && frm.perm[0]?.write) {
			frm.add_custom_button(__("Called", null, "Clinic Recall"), () =>
				clinic.scheduling.recall_dialog(frm.doc, { on_done: done })
			).addClass("btn-primary");
			frm.add_custom_button(__("Book an appointment"), () =>
				clinic.scheduling.book_recall(frm.doc, { on_done: done })
			);
		}
		if (["Declined", "Done"].includes(frm.doc.status) && frm.perm[0]?.write) {
			frm.add_custom_button(__("Follow again"), async () => {
				const method = "clinic_core.scheduling.recalls.api.reopen";
				await clinic.command(method, { recall: frm.doc.name });
				done();
			});
		}
	},
});
