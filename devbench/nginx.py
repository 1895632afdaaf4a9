"""The web server in front, set up as a production bench's is, in a folder of its own."""

import os
from pathlib import Path

from devbench.paths import Bench
from devbench.stamp import write_atomic

_CONFIG = """\
{user}daemon off;
worker_processes 1;
pid "{folder}/nginx.pid";
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
	types {{
{types}	}}
	default_type application/octet-stream;
	access_log off;
	sendfile on;
	tcp_nodelay on;
	keepalive_timeout 65;
	server_tokens off;
	client_max_body_size 50m;
	client_body_temp_path "{folder}/body";
	proxy_temp_path "{folder}/proxy";
	fastcgi_temp_path "{folder}/fastcgi";
	uwsgi_temp_path "{folder}/uwsgi";
	scgi_temp_path "{folder}/scgi";
	gzip on;
	gzip_min_length 256;
	gzip_proxied any;
	gzip_vary on;
	gzip_types application/javascript application/json application/xml text/css text/plain image/svg+xml;
	map $http_upgrade $connection_upgrade {{ default upgrade; "" close; }}
	# Bundles carry their hash in the name and never change; other files are asked for again,
	# so that a change is seen at the next reload.
	map $uri $asset_cache {{ default "no-cache"; ~^/assets/[^/]+/dist/ "public, max-age=31536000, immutable"; }}
	server {{
		listen 127.0.0.1:{http};
		server_name _;
		root "{sites}";
		add_header X-Frame-Options "SAMEORIGIN";
		add_header X-Content-Type-Options nosniff;
		add_header Referrer-Policy "same-origin, strict-origin-when-cross-origin";
		location /assets {{
			try_files $uri =404;
			add_header Cache-Control $asset_cache;
			add_header X-Content-Type-Options nosniff;
		}}
		location ~ ^/protected/(.*) {{
			internal;
			try_files /{site}/$1 =404;
		}}
		location /socket.io {{
			proxy_http_version 1.1;
			proxy_set_header Upgrade $http_upgrade;
			proxy_set_header Connection $connection_upgrade;
			proxy_set_header X-Frappe-Site-Name {site};
			proxy_set_header X-Forwarded-For $remote_addr;
			proxy_set_header Host $http_host;
			proxy_read_timeout 120;
			proxy_pass http://127.0.0.1:{realtime};
		}}
		location / {{
			rewrite ^(.+)/$ $1 permanent;
			rewrite ^(.+)/index\\.html$ $1 permanent;
			rewrite ^(.+)\\.html$ $1 permanent;
			# A page that somebody uploaded must not run in this site's name.
			location ~* ^/files/.*\\.(htm|html|svg|xml) {{
				add_header Content-Disposition "attachment";
				add_header X-Content-Type-Options nosniff;
				try_files /{site}/public$uri @web;
			}}
			try_files /{site}/public$uri @web;
		}}
		location @web {{
			proxy_http_version 1.1;
			proxy_set_header X-Forwarded-For $remote_addr;
			proxy_set_header X-Forwarded-Proto $scheme;
			proxy_set_header X-Frappe-Site-Name {site};
			proxy_set_header X-Use-X-Accel-Redirect True;
			proxy_set_header Host $http_host;
			proxy_read_timeout 120;
			proxy_redirect off;
			proxy_pass http://127.0.0.1:{web};
		}}
	}}
}}
"""
_TYPES = {
	"text/html": "html htm",
	"text/css": "css",
	"text/plain": "txt",
	"text/csv": "csv",
	"text/xml": "xml",
	"application/javascript": "js mjs",
	"application/json": "json map",
	"application/pdf": "pdf",
	"application/manifest+json": "webmanifest",
	"application/wasm": "wasm",
	"image/svg+xml": "svg svgz",
	"image/png": "png",
	"image/jpeg": "jpg jpeg",
	"image/gif": "gif",
	"image/webp": "webp",
	"image/x-icon": "ico",
	"font/woff": "woff",
	"font/woff2": "woff2",
	"font/ttf": "ttf",
	"application/vnd.ms-fontobject": "eot",
	"audio/mpeg": "mp3",
	"audio/wav": "wav",
	"video/mp4": "mp4",
}


def quoted(path: Path) -> str:
	"""A path as it may stand between double quotes in nginx's configuration."""
	return str(path).replace("\\", "\\\\").replace('"', '\\"').replace("$", "\\$")


def render(sites: Path, folder: Path, site: str, ports: dict[str, int], as_root: bool) -> str:
	"""The whole configuration for one site."""
	return _CONFIG.format(
		# Started by root, the workers would otherwise be nobody, who may not read a home folder.
		user="user root;\n" if as_root else "",
		folder=quoted(folder),
		sites=quoted(sites),
		site=site,
		types="".join(f"\t\t{kind} {names};\n" for kind, names in _TYPES.items()),
		**ports,
	)


def configure(bench: Bench, group: str, site: str, ports: dict[str, int]) -> list[str]:
	"""Write the configuration of a group's server and return how it is started."""
	from devbench.debian import find

	folder = bench.run / "nginx" / group
	folder.mkdir(parents=True, exist_ok=True)
	config = bench.conf / f"nginx-{group}.conf"
	write_atomic(config, render(bench.sites, folder, site, ports, os.geteuid() == 0))
	return [find("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(config)]
