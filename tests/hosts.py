"""The built site on real servers: nginx and Apache with the recipes of docs/hosts/, and Python's own at a sub-path.

    python3 tests/hosts.py DOSSIER      the program to test; nginx and apache2 have to be installed

Every link of every page is followed. Answers, the page for what is not there, and what is kept are those that docs/publishing.md says.
"""

import contextlib
import html.parser
import json
import os
import pathlib
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found += [value for name, value in attributes if name in ("href", "src") and value]


def ask(address):
    """Status, headers, body and the address that answered in the end."""
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.headers, answer.read(), answer.url
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read(), error.url


def crawl(base):
    """Follows every link below `base`; the addresses that were seen."""
    waiting, seen, wrong = [base], set(), []
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        status, headers, body, final = ask(address)
        if status != 200:
            wrong.append(f"{status} {address}")
        elif headers.get_content_type() == "text/html":
            links = Links()
            links.feed(body.decode())
            for link in links.found:
                to = urllib.parse.urldefrag(urllib.parse.urljoin(final, link)).url
                if to.startswith(base):
                    waiting.append(to)
                elif to.startswith(urllib.parse.urljoin(base, "/")):
                    wrong.append(f"{address} leaves the site: {link}")
    assert not wrong, "\n".join(wrong)
    return seen


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def wait_for(port):
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


@contextlib.contextmanager
def running(command, port):
    """A server, as long as it is asked; the address of the dossier on it. What it says is shown where it does not answer."""
    with tempfile.TemporaryFile() as said:
        server = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            wait_for(port)
            yield f"http://127.0.0.1:{port}/dossier/"
        except AssertionError:
            said.seek(0)
            print(said.read().decode(), file=sys.stderr)
            raise
        finally:
            server.terminate()
            server.wait()


def verify(program, address):
    done = subprocess.run([program, "verify", address], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def nginx(program, place):
    port = free_port()
    recipe = (ROOT / "docs/hosts/nginx.conf").read_text().replace("/var/www", str(place / "www"))
    types = "include /etc/nginx/mime.types;" if pathlib.Path("/etc/nginx/mime.types").exists() else ""
    (place / "nginx.conf").write_text(
        f"daemon off; pid {place}/pid; error_log {place}/error.log; user root;\n"
        f"events {{}}\nhttp {{ {types} access_log off; client_body_temp_path {place}/t1; proxy_temp_path {place}/t2;"
        f" fastcgi_temp_path {place}/t3; uwsgi_temp_path {place}/t4; scgi_temp_path {place}/t5;\n"
        f"server {{ listen 127.0.0.1:{port}; absolute_redirect off;\n{recipe}\n}} }}\n"
    )
    with running(["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)], port) as base:
        return holds(program, base)


def apache(program, place):
    port = free_port()
    modules = pathlib.Path("/usr/lib/apache2/modules")
    needed = ("mpm_event", "authz_core", "dir", "mime", "headers", "rewrite", "alias")
    load = "\n".join(f"LoadModule {name}_module {modules}/mod_{name}.so" for name in needed)
    # It refuses to serve as root.
    user = "User www-data\nGroup www-data\n" if os.geteuid() == 0 else ""
    (place / "apache.conf").write_text(
        f"{load}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {place}/apache.pid\nErrorLog {place}/apache.log\n"
        f"{user}DocumentRoot {place}/www\nTypesConfig /etc/mime.types\n"
        f"<Directory {place}/www>\nAllowOverride All\nRequire all granted\nOptions -ExecCGI\n</Directory>\n"
    )
    with running(["apache2", "-X", "-d", str(place), "-f", str(place / "apache.conf")], port) as base:
        return holds(program, base)


def holds(program, base):
    """What docs/publishing.md says of a server with a recipe; how many addresses were seen."""
    seen = crawl(base)
    assert len(seen) > 30, len(seen)
    for path in ("nothing", "entities/nothing.html", "entities/nothing/", "a/b/c"):
        status, headers, body, _ = ask(base + path)
        assert status == 404 and b'href="/dossier/index.html"' in body, (path, status)
        assert headers["Cache-Control"] == "no-cache", path
    page = ask(base + "entities/town-council.html")
    for path in ("entities/town-council", "entities/town-council/"):
        status, _, body, final = ask(base + path)
        assert (status, body) == (page[0], page[2]) and not final.endswith("/"), (path, status, final)
    assert ask(base + "entities")[3] == base + "entities/"
    hashed = [address for address in seen if re.search(r"\.[0-9a-f]{10}\.(css|js)$", address)]
    assert hashed
    # What scripts load and what other programs show is in no link.
    listed = [base + urllib.parse.quote(path) for path in json.loads(ask(base + "manifest.json")[2])["files"]]
    folders = (base + "search/data/", base + "previews/")
    unlinked = [address for address in listed if address.startswith(folders)]
    assert all(any(address.startswith(folder) for address in unlinked) for folder in folders), unlinked
    for address in seen.union(unlinked, [base + "search/index.js"]):
        kept = "public, max-age=31536000, immutable" if address in hashed + unlinked else "no-cache"
        assert ask(address)[1]["Cache-Control"] == kept, address
    verify(program, base)
    return len(seen)


def python(program, place):
    port = free_port()
    command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(place / "www")]
    with running(command, port) as base:
        seen = crawl(base)
        verify(program, base)
        return len(seen)


def main(program):
    for server in ("nginx", "apache2"):
        assert shutil.which(server), f"{server} is missing"
    with tempfile.TemporaryDirectory() as folder:
        place = pathlib.Path(folder)
        place.chmod(0o755)
        subprocess.run([program, "new", "dossier", str(place / "d")], check=True, capture_output=True)
        (place / "d/static").mkdir(exist_ok=True)
        shutil.copy(ROOT / "docs/hosts/apache.htaccess", place / "d/static/.htaccess")
        output = ["--output", str(place / "www/dossier"), "--base-url", "https://example.org/dossier/"]
        subprocess.run([program, "build", "--root", str(place / "d"), *output], check=True, capture_output=True)
        print("nginx:", nginx(program, place), "addresses")
        print("apache:", apache(program, place), "addresses")
        print("python:", python(program, place), "addresses")


main(str(pathlib.Path(sys.argv[1]).resolve()))
