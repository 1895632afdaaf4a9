// Form of an article: its state, and the way to its page.
(() => {
	frappe.ui.form.on("Clinic Article", {
		setup(frm) {
			frm.set_query("author", () => ({ filters: { is_active: 1 } }));
			frm.set_query("service", "services", () => ({ filters: { status: "Active" } }));
		},

		refresh(frm) {
			if (frm.is_new()) return;
			const is_published = frm.doc.status === "Published";
			frm.page.set_indicator(__(frm.doc.status), is_published ? "green" : "orange");
			if (is_published) clinic.catalog.view_public(frm, `articles/${frm.doc.slug}`);
			if (!frm.perm[0]?.write) return;
			const label = is_published ? __("Take back to draft") : __("Publish", null, "comment");
			frm.add_custom_button(label, async () => {
				await frm.set_value("status", is_published ? "Draft" : "Published");
				await frm.save();
			});
		},
	});
})();
