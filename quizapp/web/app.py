"""The application, made from its settings."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import jinja2
from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from quizapp.question_types.registry import question_types
from quizapp.services.environment import Mode, Settings, make_runtime, read_settings
from quizapp.services.runtime import Runtime
from quizapp.web.accounts.own_secret import init_own_secret
from quizapp.web.accounts.views import bp as accounts
from quizapp.web.addresses import init_addresses
from quizapp.web.admin.first_run import init_first_run
from quizapp.web.admin.views import bp as admin
from quizapp.web.assets.views import bp as assets
from quizapp.web.attempts.views import bp as attempts
from quizapp.web.bodies import init_bodies
from quizapp.web.door.views import bp as door
from quizapp.web.errors import init_errors
from quizapp.web.gallery.views import bp as gallery
from quizapp.web.gradebook.views import bp as gradebook
from quizapp.web.grading.views import bp as grading
from quizapp.web.learn.views import bp as learn
from quizapp.web.places import init_places
from quizapp.web.present.views import bp as present
from quizapp.web.references import card_url
from quizapp.web.runtime import EXTENSION
from quizapp.web.security import init_security
from quizapp.web.static_files import init_static_files
from quizapp.web.style.views import bp as style
from quizapp.web.teach.views import bp as teach
from quizapp.web.words import init_words


def create_app(settings: Settings | None = None, runtime: Runtime | None = None) -> Flask:
    """Return the WSGI application.

    Args:
        settings: from the environment when not given.
        runtime: made from the settings when not given; tests bring their own.

    Raises:
        UnsafeSetting: a setting is missing, unknown or unsafe.
    """
    settings = settings or read_settings(dict(os.environ))
    app = Flask("quizapp.web", static_folder=None, template_folder="templates")
    app.config.update(
        # Production refuses to start without one; a development server may forget its sessions.
        SECRET_KEY=settings.secret_key or secrets.token_urlsafe(48),
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks) or None,
        TRUSTED_HOSTS=list(settings.trusted_hosts) or None,
        PUBLIC_ADDRESS=settings.public_address,
        IS_DEMO=settings.mode is Mode.DEMO,
    )
    app.extensions[EXTENSION] = runtime or make_runtime(settings)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_loader = _templates(app)
    app.jinja_env.globals["card_url"] = card_url
    if settings.proxy_hops:
        hops = settings.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own way
    init_addresses(app)
    init_words(app)
    init_bodies(app)
    init_security(app, is_tls=settings.is_tls)
    init_errors(app)
    init_places(app)
    init_first_run(app)
    init_own_secret(app)
    _register_parts(app, settings.mode)
    init_static_files(app)
    return app


def _templates(app: Flask) -> jinja2.BaseLoader:
    """Pages come from ``templates/``, a question type's two from its own folder as ``types/<type>/…``."""
    types = Path(__file__).parent.parent / "question_types"
    question_types()
    return jinja2.ChoiceLoader(
        [
            jinja2.FileSystemLoader(Path(app.root_path) / "templates"),
            jinja2.PrefixLoader({"types": jinja2.FileSystemLoader(types)}),
        ]
    )


def _register_parts(app: Flask, mode: Mode) -> None:
    for part in (accounts, door, assets, learn, attempts, teach, present, gradebook, grading, admin):
        app.register_blueprint(part)
    if mode is Mode.DEVELOPMENT:
        app.register_blueprint(style)
    if mode in (Mode.DEVELOPMENT, Mode.DEMO):
        app.register_blueprint(gallery)
