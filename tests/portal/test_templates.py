"""Templates whose fixed parts are written out say what the same templates say without."""

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.utils import translation

from portal.core.paging import page_links
from portal.core.templates import Loader, write_out
from portal.ui.templatetags.ui import page_items

BUILTINS = ["portal.ui.templatetags.ui", "django.templatetags.i18n"]
PAGE = '{% include "part.html" %}[{{ made }}]'


def rendered(context=None, **templates):
    """The template "page" of `templates`, in the language in force, through our loader."""
    files = {f"{name}.html": text for name, text in templates.items()}
    loaders = [("portal.core.templates.Loader", [("django.template.loaders.locmem.Loader", files)])]
    engine = Engine(loaders=loaders, builtins=BUILTINS, libraries={"i18n": "django.templatetags.i18n"})
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


def test_a_page_filled_in_is_the_same_with_parts_that_set_something_and_parts_that_do_not():
    page = (
        '{% extends "base.html" %}{% block title %}{% include "loud.html" %}{% include "quiet.html" %}{% endblock %}'
        "{% block text %}{% load i18n %}{% comment %}niets{% endcomment %}[{{ made }}]{% endblock %}"
    )
    loud, quiet = '{% translate "Register" as made %}{{ made }}', "+{{ made }}"

    assert rendered({"made": "buiten"}, page=page, base=BASE, loud=loud, quiet=quiet) == "<Register+buiten|[buiten]>"


def test_a_part_may_include_itself():
    page = '{% extends "base.html" %}{% block title %}{% include "tree.html" %}{% endblock %}'
    tree = '{{ one.name }}{% if one.below %}({% with one=one.below %}{% include "tree.html" %}{% endwith %}){% endif %}'

    assert rendered({"one": {"name": "a", "below": {"name": "b"}}}, page=page, base=BASE, tree=tree) == "<a(b)|leeg>"
    always = "{% if one %}{{ one.name }}{% endif %}{% include which %}"
    page = '{% extends "base.html" %}{% block title %}{% include "always.html" %}{% endblock %}'
    assert rendered({"which": "end.html"}, page=page, base=BASE, always=always, end="einde") == "<einde|leeg>"


def test_a_block_inside_a_condition_is_filled_in():
    base = "<{% if deep %}{% block title %}basis{% endblock %}{% endif %}>"
    page = '{% extends "base.html" %}{% block title %}{{ name }}{% endblock %}'

    assert rendered({"deep": True, "name": "vol"}, page=page, base=base) == "<vol>"
    assert rendered({"deep": False, "name": "vol"}, page=page, base=base) == "<>"


def test_a_page_that_is_included_does_not_get_the_blocks_of_who_includes_it():
    page = '{% extends "base.html" %}{% block title %}{% include "other.html" %}{% endblock %}'
    other = '{% extends "base.html" %}{% block inner %}vol{% endblock %}'

    assert rendered(page=page, base=BASE, other=other) == "<<basis|vol>|leeg>"


def test_nobody_sees_a_template_before_it_is_written_out(monkeypatch):
    """Of two readers who come at once, the second would go through lists that change under its hands."""
    seen = []

    def writing(nodes, context):
        seen.append([key for key in loader.get_template_cache if "page.html" in key])
        write_out(nodes, context)

    monkeypatch.setattr("portal.core.templates.write_out", writing)
    files = {"page.html": "{{ name }}"}
    engine = Engine(loaders=[("portal.core.templates.Loader", [("django.template.loaders.locmem.Loader", files)])])
    loader = engine.template_loaders[0]

    assert engine.get_template("page.html").render(Context({"name": "een"})) == "een"
    assert seen == [[]]
    assert engine.get_template("page.html") is engine.get_template("page.html")


# --- Texts with values ----------------------------------------------------------------------------------------------

COUNTED = (
    "{% blocktranslate trimmed count total=answered.total with number=answered.total|number %}"
    "{{ number }} resultaat{% plural %}{{ number }} resultaten{% endblocktranslate %}"
)


@pytest.mark.parametrize(
    ("language", "total", "words"),
    [("nl", 1, "1 resultaat"), ("nl", 0, "0 resultaten"), ("nl", 2000, "2.000 resultaten"),
     ("en", 1, "1 result"), ("en", 2000, "2,000 results")],
)  # fmt: skip
def test_a_counted_text_follows_its_number_and_the_language(language, total, words):
    with translation.override(language):
        assert rendered({"answered": {"total": total}}, page=COUNTED) == words


def test_a_counted_text_wants_a_number():
    with pytest.raises(TemplateSyntaxError, match="number"):
        rendered({"answered": {"total": "veel"}}, page=COUNTED.replace("|number", ""))


def test_values_in_a_text_are_escaped_and_given_ones_hide_those_of_the_page():
    page = "{% blocktranslate with q=name %}Zoeken naar “{{ q }}”{% endblocktranslate %}{{ q }}"

    assert rendered({"name": "<b>", "q": "van de pagina"}, page=page) == "Zoeken naar “&lt;b&gt;”van de pagina"
    with translation.override("en"):
        assert "&lt;b&gt;" in rendered({"name": "<b>"}, page=page)
    assert (
        rendered({"q": "100%"}, page="{% blocktranslate %}{{ q }} van 100%{% endblocktranslate %}") == "100% van 100%"
    )


def test_a_value_that_is_missing_shows_as_everywhere():
    page = "{% blocktranslate %}Dag {{ who }}.{% endblocktranslate %}"
    files = {"page.html": page}
    loaders = [("portal.core.templates.Loader", [("django.template.loaders.locmem.Loader", files)])]
    engine = Engine(loaders=loaders, builtins=BUILTINS, string_if_invalid="!!%s!!")

    assert engine.get_template("page.html").render(Context()) == "Dag !!who!!."
    assert rendered(page=page) == "Dag ."


def test_a_text_kept_under_a_name_is_there_afterwards():
    page = "{% blocktranslate asvar made %}Dag {{ who }}{% endblocktranslate %}[{{ made }}]"

    assert rendered({"who": "Jan"}, page=page) == "[Dag Jan]"


# --- Pages of a list ------------------------------------------------------------------------------------------------


def test_links_to_the_pages_of_a_list_are_escaped_and_say_where_one_is():
    links = page_links(3, 9, lambda number: f"/register/?q=<b>&pagina={number}")
    shown = page_items(pages=links)

    assert shown.count("<li>") == len(links) == shown.count("</li>")
    assert '<a href="/register/?q=&lt;b&gt;&amp;pagina=2"><span class="visually-hidden">Pagina</span> 2</a>' in shown
    assert (
        'aria-current="page" class="utrecht-pagination__here"><span class="visually-hidden">Pagina</span> 3<' in shown
    )
    assert shown.count("…") == 1
    assert "<b>" not in shown
