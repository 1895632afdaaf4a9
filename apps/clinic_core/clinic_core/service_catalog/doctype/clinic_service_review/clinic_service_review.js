// Form of a visitor's comment: read it, decide, answer.
(() => {
	const COLOURS = { Pending: "orange", Published: "green", Rejected: "gray", Spam: "red" };

	frappe.ui.form.on("Clinic Service Review", {
		refresh(frm) {
			frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
			if (frm.is_new() || !frm.perm[0]?.write) return;
			for (const move of clinic.catalog.review_moves(frm.doc.status)) {
				const button = frm.add_custom_button(move.label, () => decide(frm, move.status));
				if (move.status === "Published")
					button.removeClass("btn-default").addClass("btn-primary");
			}
			add_link(frm);
		},
	});

	async function decide(frm, status) {
		// The reply is saved with the document first, so that nothing typed is lost.
		if (frm.is_dirty()) await frm.save();
		await clinic.catalog.moderate([frm.doc.name], status);
		await frm.reload_doc();
	}

	async function add_link(frm) {
		const [doctype, field] = frm.doc.service
			? ["Clinic Service", "route"]
			: ["Clinic Article", "slug"];
		const name = frm.doc.service || frm.doc.article;
		const { message } = await frappe.db.get_value(doctype, name, field);
		const path = message?.[field] || name;
		clinic.catalog.view_public(frm, frm.doc.service ? path : `articles/${path}`);
	}
})();
