/*
 * Online booking on the clinic's own web site, by one line where it is to stand:
 *   <script src="https://ADDRESS/assets/clinic_core/embed/book.js" data-lang="fa" async></script>
 * data-service: one service alone. The frame is as high as what is in it; the site has to be allowed in Clinic
 * Settings. Nothing else is read or changed on the page, and nothing is kept in the browser.
 */
(() => {
	const script = document.currentScript;
	const address = new URL("/book", script.src);
	address.searchParams.set("embed", "1");
	if (script.dataset.lang) address.searchParams.set("_lang", script.dataset.lang);
	if (script.dataset.service) address.searchParams.set("service", script.dataset.service);

	const frame = document.createElement("iframe");
	frame.src = address.href;
	frame.title = script.dataset.title || "Online booking";
	frame.style.cssText = "display:block;width:100%;height:640px;border:0";
	script.after(frame);

	window.addEventListener("message", ({ origin, source, data }) => {
		if (origin !== address.origin || source !== frame.contentWindow) return;
		const said = data && data.clinic_booking;
		if (!said) return;
		if (said.height > 0) frame.style.height = `${Math.ceil(said.height)}px`;
		// Another step began at its top, which may be out of sight.
		if (said.is_new && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
	});
})();
