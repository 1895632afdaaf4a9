// A handler that failed: what went wrong, and trying it again now.
frappe.ui.form.on("Clinic Event Failure", {
	refresh(frm) {
		if (frm.is_new() || frm.doc.status === "Resolved" || !frm.perm[0]?.write) return;
		frm.add_custom_button(__("Try again now"), async () => {
			const { message } = await frappe.call({
				method: "clinic_core.foundation.api.retry_event",
				args: { failure: frm.doc.name },
				freeze: true,
			});
			await frm.reload_doc();
			const [text, indicator] = message.resolved
				? [__("It worked this time."), "green"]
				: [__("It failed again. The error below is the new one."), "red"];
			frappe.show_alert({ message: text, indicator });
		});
	},
});
