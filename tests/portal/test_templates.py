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
