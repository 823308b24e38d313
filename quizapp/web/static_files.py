"""Static files under one digest of the whole tree, so that relative imports work and caches never go stale."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise

from quizapp.content.roots import shipped


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
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]  # Flask's own way to wrap itself
        app.wsgi_app, root=str(folder), prefix=prefix, immutable_file_test=lambda _path, _url: True
    )
    app.jinja_env.globals["static_url"] = lambda name: prefix + name
