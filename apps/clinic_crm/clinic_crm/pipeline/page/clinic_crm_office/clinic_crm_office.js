// The page itself only opens the office; what it does is in public/js/pipeline.
frappe.pages["clinic-crm-office"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("CRM Office"),
		single_column: true,
	});
	wrapper.clinic_office = new clinic.pipeline.Office(page);
};

frappe.pages["clinic-crm-office"].on_page_show = function (wrapper) {
	wrapper.clinic_office?.show(frappe.get_route()[1]);
};

frappe.pages["clinic-crm-office"].on_page_hide = function (wrapper) {
	wrapper.clinic_office?.hide();
};
