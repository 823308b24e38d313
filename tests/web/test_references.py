import pytest

from quizapp.web.references import card_url


@pytest.mark.parametrize(
    ("reference", "address"),
    [("P7", "/page#P7"), ("F1", "/page#F"), ("F", "/page#F"), ("pool-notice:3", "#pool-notice-3")],
)
def test_a_tag_leads_to_its_card_or_to_the_line_on_this_page(reference, address):
    assert card_url(reference) == address


def test_templates_know_where_a_tag_leads(app):
    assert app.jinja_env.globals["card_url"] is card_url
