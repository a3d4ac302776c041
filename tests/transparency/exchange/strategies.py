"""Generated records: valid ones of the standard 1.0, and ones with any value anywhere."""

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from transparency.exchange.national import BY_KEY, CATEGORIES, FIELDS, OLDER, Shape
from transparency.exchange.valid import is_valid

# A whole record is much to generate; fewer of them, and no hurry.
patient = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>"), max_size=40)
INLINE = st.builds(lambda text: text.replace("&", "&amp;"), WORDS)
BLOCKS = st.one_of(
    st.builds("<p>{}</p>".format, INLINE),
    st.builds("<div>{}</div>\n".format, INLINE),
    st.builds("<p>{}<br>{}</p>".format, INLINE, INLINE),
    st.builds("<ul><li>{}</li><li><p>{}</p></li></ul>".format, INLINE, INLINE),
    st.builds('<ol class="x"><li>{}</li></ol>'.format, INLINE),
    INLINE,
)
HTML = st.lists(BLOCKS, max_size=5).map("".join)
URLS = st.from_regex(r"https?://[a-z]{1,10}\.example(/[a-z0-9-]{0,20})?", fullmatch=True)
MONTHS = st.dates().map(lambda day: f"{day:%Y-%m}".rjust(7, "0"))


def _value(field):
    """A strategy for values that are valid in `field`."""
    shapes = {
        Shape.ENUM: st.sampled_from(field.values or ("",)),
        Shape.ENUMS: st.lists(st.sampled_from(CATEGORIES), max_size=4),
        Shape.HTML: HTML,
        Shape.URL: URLS,
        Shape.CONTACT: st.one_of(URLS, st.just("vragen@zorg.example"), WORDS),
        Shape.MONTH: MONTHS,
        Shape.LINE: WORDS,
        Shape.LINKS: st.lists(st.fixed_dictionaries({"title": WORDS, "link": URLS}), max_size=3),
    }
    some = shapes[field.shape].filter(lambda value: is_valid(field, value))
    return some if field.required else st.one_of(some, st.none(), st.just(""))


_REQUIRED = {f.key: _value(f) for f in FIELDS if f.required}
_NAMED = {
    "name": st.from_regex(r"[A-Z][a-z]{2,20}( \d)?", fullmatch=True),
    "organization": st.just("Zorggroep Voorbeeld"),
}
VALID = st.fixed_dictionaries(
    {**_REQUIRED, **_NAMED}, optional={f.key: _value(f) for f in FIELDS if not f.required and f.key != "source_id"}
)
ANYTHING = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=60),
        HTML,
    ),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=8), inner, max_size=3)),
    max_leaves=5,
)
DIRTY = st.dictionaries(st.sampled_from([*BY_KEY, *OLDER, "iets_anders"]), ANYTHING, max_size=20)
