/* How one person likes to see the schedule, kept in this browser: never anything about patients. */

const NAME = "clinic_schedule";

function all() {
	try {
		return JSON.parse(localStorage.getItem(NAME)) || {};
	} catch (error) {
		return {};
	}
}

export function remembered(key, fallback) {
	return all()[key] ?? fallback;
}

export function remember(key, value) {
	localStorage.setItem(NAME, JSON.stringify({ ...all(), [key]: value }));
}
