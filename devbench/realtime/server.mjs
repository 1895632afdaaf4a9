// Live updates for the desk: passes what Frappe publishes in Redis on to the browsers
// that may see it. Usage: node server.mjs PORT BACKEND_URL, with the address of Redis in CLINIC_REDIS.
//
// Rooms and events are those of Frappe's desk client (socketio_client.js) and of
// frappe/realtime.py. Who somebody is and what he may read is asked of Frappe itself,
// with the visitor's own cookie: nothing is decided here.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";

const [port, backend] = process.argv.slice(2);
const redisUrl = process.env.CLINIC_REDIS;
// Modules do not look at NODE_PATH: the packages lie in the bench, not above this file.
const require = createRequire(join(process.env.CLINIC_NODE_MODULES, "package.json"));
const { Server } = require("socket.io");
const { createClient } = require("@redis/client");
const cookies = require("cookie");

const rooms = {
	doctype: (doctype) => `doctype:${doctype}`,
	doc: (doctype, name) => `doc:${doctype}/${name}`,
	openDoc: (doctype, name) => `open_doc:${doctype}/${name}`,
	user: (user) => `user:${user}`,
	task: (task) => `task_progress:${task}`,
};

async function ask(socket, method, args = {}) {
	const url = new URL(`/api/method/frappe.realtime.${method}`, backend);
	for (const [key, value] of Object.entries(args)) url.searchParams.set(key, String(value));
	const { site, sid, authorization } = socket.data;
	const headers = { "X-Frappe-Site-Name": site };
	if (authorization) headers.Authorization = authorization;
	else headers.Cookie = `sid=${encodeURIComponent(sid)}`;
	const answer = await fetch(url, { headers });
	if (!answer.ok) return null;
	return (await answer.json()).message ?? null;
}

async function mayRead(socket, doctype, name) {
	if (typeof doctype !== "string" || !doctype) return false;
	const questions = [
		name === undefined
			? ["can_subscribe_doctype", { doctype }]
			: ["can_subscribe_doc", { doctype, docname: name }],
		// From Frappe 16 on it is one question.
		["has_permission", { doctype, name: name ?? "" }],
	];
	for (const [method, args] of questions) {
		if (await ask(socket, method, args).catch(() => null)) return true;
	}
	return false;
}

const host = (value) => (value || "").replace(/^\w+:\/\//, "");

async function authenticate(socket, next) {
	const { headers } = socket.request;
	const site = socket.nsp.name.slice(1);
	// nginx names the site; a browser cannot reach another site's rooms through this address.
	if (headers["x-frappe-site-name"] && headers["x-frappe-site-name"] !== site) {
		return next(new Error("Invalid namespace"));
	}
	if (headers.origin && host(headers.origin) !== headers.host) {
		return next(new Error("Invalid origin"));
	}
	const sid = cookies.parse(headers.cookie || "").sid;
	Object.assign(socket.data, { site, sid, authorization: headers.authorization });
	if (!sid && !headers.authorization) return next(new Error("Not signed in"));
	const info = await ask(socket, "get_user_info").catch(() => null);
	if (!info) return next(new Error("Unauthorized"));
	Object.assign(socket.data, { user: info.user, userType: info.user_type, open: [] });
	next();
}

async function tellViewers(socket, doctype, docname) {
	const room = rooms.openDoc(doctype, docname);
	const viewers = await socket.nsp.in(room).fetchSockets();
	const users = [...new Set(viewers.map((viewer) => viewer.data.user))];
	// Somebody alone on a document needs no list of himself.
	if (users.length === 1 && users[0] === socket.data.user) return;
	socket.nsp.to(room).emit("doc_viewers", { doctype, docname, users });
}

function serve(socket) {
	socket.join([rooms.user(socket.data.user), "website"]);
	if (socket.data.userType === "System User") socket.join("all");

	socket.on("doctype_subscribe", async (doctype) => {
		if (await mayRead(socket, doctype)) socket.join(rooms.doctype(doctype));
	});
	socket.on("doctype_unsubscribe", (doctype) => socket.leave(rooms.doctype(doctype)));
	socket.on("doc_subscribe", async (doctype, name) => {
		if (await mayRead(socket, doctype, name)) socket.join(rooms.doc(doctype, name));
	});
	socket.on("doc_unsubscribe", (doctype, name) => socket.leave(rooms.doc(doctype, name)));
	// A task's id is random and known to who started it only.
	for (const event of ["task_subscribe", "progress_subscribe"]) {
		socket.on(event, (task) => socket.join(rooms.task(task)));
	}
	socket.on("task_unsubscribe", (task) => socket.leave(rooms.task(task)));

	socket.on("doc_open", async (doctype, name) => {
		if (!(await mayRead(socket, doctype, name))) return;
		socket.join(rooms.openDoc(doctype, name));
		socket.data.open.push([doctype, name]);
		await tellViewers(socket, doctype, name);
	});
	socket.on("doc_close", async (doctype, name) => {
		socket.leave(rooms.openDoc(doctype, name));
		socket.data.open = socket.data.open.filter(([d, n]) => !(d === doctype && n === name));
		await tellViewers(socket, doctype, name);
	});
	socket.on("disconnect", async () => {
		for (const [doctype, name] of socket.data.open) await tellViewers(socket, doctype, name);
	});
}

const server = createServer((_, response) => response.writeHead(404).end());
const io = new Server(server, { serveClient: false });
const sites = io.of(/^\/.+$/);
sites.use(authenticate);
sites.on("connection", serve);

const redis = createClient({ url: redisUrl });
redis.on("error", (error) => console.error(`redis: ${error.message}`));
await redis.connect();
await redis.subscribe("events", (text) => {
	const { namespace, room, event, message } = JSON.parse(text);
	// Only a site that somebody looks at has its rooms; `of` would make one for every name.
	const site = io._nsps.get(`/${namespace}`);
	if (site) (room ? site.to(room) : site).emit(event, message);
});
server.listen(Number(port), "127.0.0.1", () => console.log(`realtime on ${port}`));
