/* Loads the grid (public/vendor/event-calendar) when the Schedule page is first opened. */

const BASE = "/assets/clinic_core/vendor/event-calendar/event-calendar-5.10.1.min";
let loading = null;

/** load_grid() → promise of the library's object. A failed attempt may be repeated. */
export function load_grid() {
	loading ||= Promise.all([add_style(`${BASE}.css`), add_script(`${BASE}.js`)])
		.then(() => window.EventCalendar)
		.catch((error) => {
			loading = null;
			throw error;
		});
	return loading;
}

const add_style = (href) =>
	added(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
const add_script = (src) => added(Object.assign(document.createElement("script"), { src }));

function added(element) {
	return new Promise((resolve, reject) => {
		element.onload = resolve;
		element.onerror = () => {
			element.remove();
			reject(new Error(__("The server cannot be reached. Please check the connection.")));
		};
		document.head.append(element);
	});
}
