"""Templates compiled once per language, with everything in them that is always the same already written out.

A page of this portal holds some hundred texts to translate and addresses without arguments. Django looks each up again
for every reader; here they are text as soon as the template is compiled (measured: portal/docs/adr/0015).
"""

from collections.abc import Iterator
from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.defaulttags import IfNode, URLNode
from django.template.loader_tags import IncludeNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.translation import get_language


class Loader(CachedLoader):
    """Django's cached loader, with a template for each language."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The compiled template. Raises TemplateDoesNotExist."""
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if is_new:
            write_out(template.nodelist)
        return template

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """As Django's, beside the language in which the texts are."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"


def write_out(nodes: NodeList) -> None:
    """Replace what is always the same in `nodes`, and in everything inside them, by its text in this language."""
    kept: list[Node] = []
    for node in nodes:
        if _is_constant(node):
            text = TextNode(str(node.render(Context())))
            text.token, text.origin = node.token, node.origin
            node = text
        if isinstance(node, IncludeNode) and _is_text(node.template) and not str(node.template.var).startswith("."):
            node.template = _Included(str(node.template.var))  # type: ignore[assignment]
        for inner in _inside(node):
            write_out(inner)
        if isinstance(node, TextNode) and kept and isinstance(kept[-1], TextNode):
            kept[-1].s += node.s
        else:
            kept.append(node)
    nodes[:] = kept


class _Included:
    """A template named in another, found once: Django would look it up again for each page."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: Template | None = None

    def resolve(self, context: Context) -> Template:
        """The template itself, as an expression that gives one."""
        if self.found is None:
            assert context.template is not None  # noqa: S101 (it is being rendered)
            self.found = context.template.engine.get_template(self.name)
        return self.found


def _inside(node: Node) -> Iterator[NodeList]:
    """The lists of nodes in `node`."""
    if isinstance(node, IfNode):  # its own `nodelist` is a copy of all its branches
        yield from (branch for _condition, branch in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        if nodes := getattr(node, name, None):
            yield nodes


def _is_constant(node: Node) -> bool:
    """Whether `node` gives every reader of this language the same text and leaves nothing behind in the context."""
    if isinstance(node, TranslateNode):
        expression = node.filter_expression
        is_text = getattr(expression.var, "lookups", True) is None and not expression.filters
        return is_text and node.asvar is None and node.message_context is None
    if isinstance(node, URLNode):
        return node.asvar is None and not node.args and not node.kwargs and _is_text(node.view_name)
    if isinstance(node, StaticNode):
        return node.varname is None and _is_text(node.path)
    return False


def _is_text(expression: FilterExpression) -> bool:
    return isinstance(expression.var, str) and not expression.filters
