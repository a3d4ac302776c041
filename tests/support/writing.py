"""Filling in the form of a draft as a browser does: what is sent is what stands on the page."""

from typing import Any

from bs4 import BeautifulSoup, Tag


def form_data(page: BeautifulSoup, button: str = "verder", *, form: str = "form[data-writing]") -> dict[str, Any]:
    """Everything that a browser sends of `form` on `page` when somebody presses the button with the value `button`."""
    found = page.select_one(form)
    assert found is not None
    data: dict[str, Any] = {}
    for field in found.select("input[name], textarea[name], select[name]"):
        for value in _sent(field):
            data.setdefault(field["name"], []).append(value)
    return data | {"doe": button}


def _sent(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n").replace("\n", "\r\n")]
    if field.name == "select":
        chosen = [option["value"] for option in field.select("option[selected]")]
        return [str(value) for value in chosen or [field.select("option")[0]["value"]]]
    if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]
