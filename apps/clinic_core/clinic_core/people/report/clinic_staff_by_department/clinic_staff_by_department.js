// Who works where: departments with their people, as a tree (E170).
frappe.query_reports["Clinic Staff by Department"] = {
	tree: true,
	name_field: "node",
	parent_field: "parent_node",
	initial_depth: 2,
	filters: [
		{
			fieldname: "include_departed",
			label: __("Also who left"),
			fieldtype: "Check",
		},
	],
};
