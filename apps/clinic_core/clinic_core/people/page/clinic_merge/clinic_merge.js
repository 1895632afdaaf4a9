// The page itself only opens the view; what it does is in public/js/people/merging.
frappe.pages["clinic-merge"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Duplicate Files"),
		single_column: true,
	});
	wrapper.clinic_merge = new clinic.people.MergePage(page);
};

frappe.pages["clinic-merge"].on_page_show = function (wrapper) {
	wrapper.clinic_merge?.show();
};
