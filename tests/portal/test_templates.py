"""Templates whose fixed parts are written out say what the same templates say without."""

import pytest
from django.template import Context, Engine
from django.utils import translation

from portal.core.templates import Loader

BUILTINS = ["portal.ui.templatetags.ui", "django.templatetags.i18n"]
PAGE = '{% include "part.html" %}[{{ made }}]'


def rendered(context=None, **templates):
    """The template "page" of `templates`, in the language in force, through our loader."""
    files = {f"{name}.html": text for name, text in templates.items()}
    loaders = [("portal.core.templates.Loader", [("django.template.loaders.locmem.Loader", files)])]
    engine = Engine(loaders=loaders, builtins=BUILTINS)
    assert isinstance(engine.template_loaders[0], Loader)
    return engine.get_template("page.html").render(Context(context or {}))


def test_included_template_sees_what_the_page_sees():
    assert rendered({"name": "<Kijker>"}, page=PAGE, part="{{ name }}") == "&lt;Kijker&gt;[]"


def test_what_an_included_template_sets_is_not_seen_outside_it():
    part = '{% translate "Register" as made %}{{ made }}'

    assert rendered({"made": "buiten"}, page=PAGE, part=part) == "Register[buiten]"


def test_template_included_for_each_item_is_rendered_for_each():
    page = '{% for one in many %}{% include "part.html" %}{% endfor %}'

    assert rendered({"many": "abc"}, page=page, part="{{ one }};") == "a;b;c;"


def test_include_with_values_of_its_own_keeps_them():
    page = '{% include "part.html" with made="binnen" %}[{{ made }}]'

    assert rendered({"made": "buiten"}, page=page, part="{{ made }}") == "binnen[buiten]"


@pytest.mark.parametrize(("language", "words"), [("nl", "Zorgverleners"), ("en", "Care providers")])
def test_component_with_fixed_words_is_in_the_language_of_the_page(language, words):
    component = "<p>{{ label }}</p>"
    page = '{% mark label=_("Zorgverleners") %}'

    with translation.override(language):
        assert rendered(page=page, **{"ui/mark": component}) == f"<p>{words}</p>"


def test_component_with_words_of_people_is_made_for_each_page():
    page = "{% mark label=name %}"

    assert rendered({"name": "<b>"}, page=page, **{"ui/mark": "{{ label }}"}) == "&lt;b&gt;"


# --- A page that fills in another -----------------------------------------------------------------------------------

BASE = "<{% block title %}basis{% endblock %}|{% block text %}{% block inner %}leeg{% endblock %}{% endblock %}>"


def test_blocks_of_a_page_take_the_place_of_those_it_fills_in():
    page = '{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}{% block inner %}vol{% endblock %}'

    assert rendered({"name": "<b>"}, page=page, base=BASE) == "<&lt;b&gt;|vol>"


def test_a_block_can_add_to_what_stood_there():
    page = '{% extends "base.html" %}{% block title %}{{ block.super }} en meer{% endblock %}'

    assert rendered(page=page, base=BASE) == "<basis en meer|leeg>"


def test_blocks_go_through_a_page_in_between():
    middle = '{% extends "base.html" %}{% block text %}midden[{% block part %}{% endblock %}]{% endblock %}'
    page = '{% extends "middle.html" %}{% block part %}{{ block.super }}deel{% endblock %}'

    assert rendered(page=page, middle=middle, base=BASE) == "<basis|midden[deel]>"
    assert rendered(page='{% extends "middle.html" %}', middle=middle, base=BASE) == "<basis|midden[]>"


def test_what_a_block_sets_is_not_seen_in_another():
    page = (
        '{% extends "base.html" %}{% block title %}{% translate "Register" as made %}{{ made }}{% endblock %}'
        "{% block text %}[{{ made }}]{% endblock %}"
    )

    assert rendered({"made": "buiten"}, page=page, base=BASE) == "<Register|[buiten]>"


def test_the_page_to_fill_in_may_be_named_by_who_asks():
    page = "{% extends which %}{% block title %}{{ which }}{% endblock %}"
    middle = '{% extends "base.html" %}{% block text %}midden{% endblock %}'

    assert rendered({"which": "base.html"}, page=page, base=BASE) == "<base.html|leeg>"
    assert rendered({"which": "middle.html"}, page=page, middle=middle, base=BASE) == "<middle.html|midden>"


def test_the_same_page_is_filled_in_by_many_readers():
    files = {"base.html": BASE, "page.html": '{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}'}
    engine = Engine(
        loaders=[("portal.core.templates.Loader", [("django.template.loaders.locmem.Loader", files)])],
        builtins=BUILTINS,
    )

    for name in ("een", "twee", "drie"):
        assert engine.get_template("page.html").render(Context({"name": name})) == f"<{name}|leeg>"


def test_whom_to_mail_is_written_out_in_each_language(settings):
    page = "{% blocktranslate %}Mail naar {{ contact_email }}.{% endblocktranslate %}"

    assert rendered({"contact_email": "niet gebruikt"}, page=page) == f"Mail naar {settings.CONTACT_EMAIL}."
    with_name = "{% blocktranslate %}Mail naar {{ name }}.{% endblocktranslate %}"
    assert rendered({"name": "<b>"}, page=with_name) == "Mail naar &lt;b&gt;."
