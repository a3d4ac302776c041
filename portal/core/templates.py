"""Templates compiled once per language, with everything in them that is always the same already written out.

A page of this portal holds some hundred texts to translate and addresses without arguments. Django looks each up again
for every reader; here they are text as soon as the template is compiled (measured: portal/docs/adr/0015).
"""

from collections.abc import Iterator
from typing import Any

from django.template import Context, Template
from django.template.base import FilterExpression, Node, NodeList, TextNode
from django.template.defaulttags import IfNode, URLNode
from django.template.library import InclusionNode
from django.template.loader_tags import IncludeNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language


class Loader(CachedLoader):
    """Django's cached loader, with a template for each language."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The compiled template. Raises TemplateDoesNotExist."""
        is_new = self.cache_key(template_name, skip) not in self.get_template_cache
        template: Template = super().get_template(template_name, skip)
        if is_new:
            context = Context()
            context.template = template
            write_out(template.nodelist, context)
        return template

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """As Django's, beside the language in which the texts are."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"


def write_out(nodes: NodeList, context: Context) -> None:
    """Replace what is always the same in `nodes`, and in everything inside them, by its text in this language.

    `context` knows their template and nothing else.
    """
    kept: list[Node] = []
    for node in nodes:
        if _is_constant(node):
            text = TextNode(str(node.render(context)))
            text.token, text.origin = node.token, node.origin
            node = text
        if isinstance(node, IncludeNode) and _is_plain(node):
            node = _Included(node)
        for inner in _inside(node):
            write_out(inner, context)
        if isinstance(node, TextNode) and kept and isinstance(kept[-1], TextNode):
            kept[-1].s += node.s
        else:
            kept.append(node)
    nodes[:] = kept


class _Included(Node):
    """A template named in another, which sees all that the other sees: found once, and rendered as a part of it."""

    child_nodelists = ()

    def __init__(self, node: IncludeNode) -> None:
        self.name = str(node.template.var)
        self.token, self.origin = node.token, node.origin
        self.nodes: NodeList | None = None

    def render(self, context: Context) -> SafeString:
        """Its HTML. What it sets is not seen outside it."""
        if self.nodes is None:
            assert context.template is not None  # noqa: S101 (it is being rendered)
            self.nodes = context.template.engine.get_template(self.name).nodelist
        with context.push():
            return self.nodes.render(context)


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
    if isinstance(node, InclusionNode):  # those of ours know nothing but what they are given
        return not node.takes_context and all(map(_is_text, [*node.args, *node.kwargs.values()]))
    return False


def _is_plain(node: IncludeNode) -> bool:
    """Whether `node` always includes the same template, with nothing added or hidden."""
    is_one = _is_text(node.template) and not str(node.template.var).startswith(".")
    return is_one and not node.extra_context and not node.isolated_context


def _is_text(expression: FilterExpression) -> bool:
    return isinstance(expression.var, str | Promise) and not expression.filters
