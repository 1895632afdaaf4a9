/* clinic.front_desk: the page and the dialogs others may open. */

frappe.provide("clinic.front_desk");
