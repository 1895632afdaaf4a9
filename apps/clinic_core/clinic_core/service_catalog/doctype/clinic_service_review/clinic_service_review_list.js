// List of visitors' comments: those that wait come first, decided with one click or many at once.
frappe.listview_settings["Clinic Service Review"] = {
	add_fields: ["status", "stars", "text", "service", "article"],
	hide_name_column: true,
	filters: [["status", "=", "Pending"]],
	get_indicator(doc) {
		const colours = { Pending: "orange", Published: "green", Rejected: "gray", Spam: "red" };
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	formatters: {
		stars: (value) => (value ? "★".repeat(value) : ""),
	},
	button: {
		show: (doc) =>
			doc.status !== "Published" && frappe.model.can_write("Clinic Service Review"),
		get_label: () => __("Publish", null, "comment"),
		get_description: (doc) =>
			__("Publish the comment of {0}", [frappe.utils.escape_html(doc.visitor_name)]),
		action: async (doc) => {
			await clinic.catalog.moderate([doc.name], "Published");
			clinic.compat.refresh_list();
		},
	},
	onload(list) {
		if (!frappe.model.can_write("Clinic Service Review")) return;
		for (const move of clinic.catalog.review_moves(null)) {
			list.page.add_actions_menu_item(
				move.label,
				async () => {
					await clinic.catalog.moderate(list.get_checked_items(true), move.status);
					clinic.compat.refresh_list();
				},
				true
			);
		}
	},
};
