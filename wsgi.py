"""The WSGI application for servers that ask for ``wsgi:app``; its settings come from the environment."""

from quizapp.web.app import create_app

app = create_app()
