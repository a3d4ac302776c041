"""Fields of forms as components: label, help, what is wrong, and an overview of that above the form."""

import json
from typing import Any

from django import forms, template
from django.core.serializers.json import DjangoJSONEncoder
from django.forms import BoundField

register = template.Library()

KINDS = (
    (forms.CheckboxSelectMultiple, "group"),
    (forms.RadioSelect, "group"),
    (forms.CheckboxInput, "checkbox"),
)  # in this order: the first that fits


@register.inclusion_tag("ui/form_field.html")
def form_field(*, field: BoundField) -> dict[str, Any]:
    """One field with its label, help and mistakes, which a screen reader reads with it."""
    widget = field.field.widget
    kind = next((name for sort, name in KINDS if isinstance(widget, sort)), "text")
    told = [f"{field.auto_id}_help"] if field.help_text else []
    told += [f"{field.auto_id}_error"] if field.errors else []
    attrs: dict[str, str | bool] = {"aria-describedby": " ".join(told)} if told and kind != "group" else {}
    attrs |= {"class": "utrecht-textbox"} if kind == "text" else {}
    attrs |= {"class": "utrecht-checkbox"} if kind != "text" else {}
    return {"field": field, "kind": kind, "control": field.as_widget(attrs=attrs), "told": " ".join(told)}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(*, form: Any) -> dict[str, Any]:
    """Everything that is wrong with `form`, with a link to each field; nothing when nothing is."""
    if not getattr(form, "errors", None):
        return {"errors": []}
    found = [("", text) for text in form.non_field_errors()]
    found += [(_place(field), text) for field in form for text in field.errors]
    return {"errors": found}


def _place(field: BoundField) -> str:
    """The id to jump to: of a group the first choice."""
    if field.is_hidden:
        return ""
    is_group = isinstance(field.field.widget, (forms.CheckboxSelectMultiple, forms.RadioSelect))
    return f"{field.auto_id}_0" if is_group else str(field.auto_id)


@register.filter
def as_json(value: Any) -> str:
    """`value` as JSON, for a `data-` attribute: the template escapes it."""
    return json.dumps(value, cls=DjangoJSONEncoder)
