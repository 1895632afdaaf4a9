// The page "clinic-cash-desk" and the list of the DocType "Clinic Cash Desk" have one address in
// Frappe, where the list would win. The short address is the page's; the list keeps its long one.
const SLUG = "clinic-cash-desk";
const DOCTYPE = "Clinic Cash Desk";

/** Teach the router the two addresses. */
export function install() {
	const { router } = frappe;
	const read = router.convert_to_standard_route;
	router.convert_to_standard_route = function (route) {
		if (route.length === 1 && route[0] === SLUG) return Promise.resolve(route);
		return read.call(this, route);
	};
	const write = router.convert_from_standard_route;
	router.convert_from_standard_route = function (route) {
		const made = write.call(this, route);
		const is_list = String(route[0]).toLowerCase() === "list" && route[1] === DOCTYPE;
		return is_list && made.length === 1 ? [...made, "view", "list"] : made;
	};
}
