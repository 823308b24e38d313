"""Static files under one digest of the whole tree, so that relative imports work and caches never go stale."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import brotli
from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.responders import Response, StaticFile

from quizapp.content.roots import shipped

COMPRESSED = {".css", ".js", ".svg"}
OF_ANY_RELEASE = re.compile(r"/static/[0-9a-f]{16}/(.+)")


class TextFile:
    """A file of text, which browsers get compressed and from memory; the rest is left to WhiteNoise."""

    def __init__(self, file: StaticFile, body: bytes) -> None:
        self._file = file
        self._body = body
        kept = {name: value for name, value in file.alternatives[-1][2] if name != "Content-Length"}
        self._headers = [
            *kept.items(),
            ("Content-Encoding", "br"),
            ("Content-Length", str(len(body))),
            ("Vary", "Accept-Encoding"),
        ]

    def get_response(self, method: str, request_headers: Mapping[str, str]) -> Response:
        """Return the compressed file to whoever takes it and asks for the whole."""
        takes_it = "br" in request_headers.get("HTTP_ACCEPT_ENCODING", "")
        is_whole = method == "GET" and "HTTP_RANGE" not in request_headers
        if takes_it and is_whole and not self._file.is_not_modified(request_headers):
            return Response(HTTPStatus.OK, self._headers, BytesIO(self._body))
        return self._file.get_response(method, request_headers)


class StaticFiles(WhiteNoise):  # type: ignore[misc]  # WhiteNoise has no types
    """WhiteNoise, with text compressed when the server starts: there is no build that could have done it.

    A page that was sent just before a release still asks for the files of then, and is led to those of now.
    """

    def __init__(self, application: Any, folder: Path, prefix: str) -> None:
        super().__init__(
            application,
            root=str(folder),
            prefix=prefix,
            immutable_file_test=lambda _path, _url: True,
            # Nothing of ours is asked for from another site.
            allow_all_origins=False,
        )
        self._prefix = prefix

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer for a file, lead an address of another release to the file of this one, or ask the application."""
        of_release = OF_ANY_RELEASE.fullmatch(environ.get("PATH_INFO", ""))
        if of_release:
            here = self._prefix + of_release[1]
            if here != of_release[0] and here in self.files:
                start_response("307 Temporary Redirect", [("Location", here), ("Cache-Control", "no-store")])
                return [b""]
        return super().__call__(environ, start_response)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile | TextFile:
        """Return what answers for the file."""
        file = super().get_static_file(path, url, stat_cache=stat_cache)
        if Path(path).suffix not in COMPRESSED:
            return file
        return TextFile(file, _compressed(Path(path).read_bytes()))


@cache
def _compressed(body: bytes) -> bytes:
    squeezed: bytes = brotli.compress(body, quality=10)
    return squeezed


def tree_digest(folder: Path) -> str:
    """Return a short digest of every file's name and bytes."""
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()


def init_static_files(app: Flask) -> None:
    """Serve ``static/`` at ``/static/<digest>/…`` and give templates ``static_url``."""
    folder = Path(str(shipped("static")))
    prefix = f"/static/{tree_digest(folder)}/"
    app.config["STATIC_PREFIX"] = prefix
    app.wsgi_app = StaticFiles(app.wsgi_app, folder, prefix)  # type: ignore[method-assign]  # Flask's own way to wrap itself
    app.jinja_env.globals["static_url"] = lambda name: prefix + name
