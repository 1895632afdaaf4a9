// The page itself only opens the cash desk; what it does is in public/js/cash_desk.
frappe.pages["clinic-cash-desk"].on_page_load = function (wrapper) {
	const page = frappe.ui.make_app_page({
		parent: wrapper,
		title: __("Cash Desk"),
		single_column: true,
	});
	wrapper.clinic_cash_desk = new clinic.cash_desk.CashDesk(page);
};

frappe.pages["clinic-cash-desk"].on_page_show = function (wrapper) {
	wrapper.clinic_cash_desk?.show();
};

frappe.pages["clinic-cash-desk"].on_page_hide = function (wrapper) {
	wrapper.clinic_cash_desk?.hide();
};
