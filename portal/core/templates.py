"""Templates compiled once per language, with everything in them that is always the same already written out.

A page of this portal holds some hundred texts to translate and addresses without arguments. Django looks each up again
for every reader; here they are text as soon as the template is compiled (measured: portal/docs/adr/0015).
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.template import Context, Template, TemplateSyntaxError
from django.template.base import FilterExpression, Node, NodeList, TextNode, TokenType, render_value_in_context
from django.template.defaulttags import IfNode, URLNode
from django.template.library import InclusionNode
from django.template.loader_tags import BLOCK_CONTEXT_KEY, BlockContext, BlockNode, ExtendsNode, IncludeNode
from django.template.loaders.base import Loader as BaseLoader
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from portal.core.one_piece import Part, in_one_piece, joined


class _WritingLoader(BaseLoader):
    """Reads a template and writes out what is the same for every reader."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        """The compiled template. Raises TemplateDoesNotExist."""
        template: Template = super().get_template(template_name, skip)
        context = Context({"contact_email": settings.CONTACT_EMAIL})  # on every page, and no page says otherwise
        context.template = template
        write_out(template.nodelist, context)
        return template


class Loader(CachedLoader, _WritingLoader):
    """Django's cached loader, with a template for each language; nobody sees one before it is written out."""

    def cache_key(self, template_name: str, skip: Any = None) -> str:
        """As Django's, beside the language in which the texts are."""
        return f"{get_language()}:{super().cache_key(template_name, skip)}"


def write_out(nodes: NodeList, context: Context) -> None:
    """Replace what is always the same in `nodes`, and in everything inside them, by its text in this language.

    `context` knows their template, and what is the same on every page.
    """
    kept: list[Node] = []
    for node in nodes:
        if _is_constant(node, context):
            text = TextNode(str(node.render(context)))
            text.token, text.origin = node.token, node.origin
            node = text
        if isinstance(node, IncludeNode) and _is_plain(node):
            node = Part(node)
        elif isinstance(node, ExtendsNode) and _is_of_another(node):
            node = _Extends(node)
        elif isinstance(node, BlockTranslateNode) and node.asvar is None and node.message_context is None:
            node = _BlockTranslate(node)
        for inner in _inside(node):
            write_out(inner, context)
        kept.append(node)
    nodes[:] = joined(kept)


class _Extends(ExtendsNode):
    """The page that a template fills in: found once with its blocks, which Django seeks anew for every reader."""

    def __init__(self, node: Any) -> None:
        super().__init__(node.nodelist, node.parent_name)
        self.token, self.origin = node.token, node.origin
        self.parent: Any = None
        self.whole: NodeList | None = None

    def render(self, context: Any) -> SafeString:
        """The HTML of the whole page."""
        if self.parent is None:
            self._find(context.template.engine)
        if self.whole is not None and BLOCK_CONTEXT_KEY not in context.render_context:  # nobody fills us in
            return self.whole.render(context)
        known = context.render_context.setdefault(BLOCK_CONTEXT_KEY, BlockContext())
        for blocks in self.all_blocks:
            known.add_blocks(blocks)
        with context.render_context.push_state(self.parent, isolated_context=False):
            made: SafeString = self.parent._render(context)
        return made

    def _find(self, engine: Any) -> None:
        """Find the page and its blocks, once; Django's own page of an error (DEBUG) wants to know them apart."""
        name: Any = self.parent_name
        parent: Any = engine.get_template(str(name.var))
        self.all_blocks = [self.blocks]
        if not parent.nodelist.get_nodes_by_type(ExtendsNode):
            self.all_blocks.append({block.name: block for block in parent.nodelist.get_nodes_by_type(BlockNode)})
            if not engine.debug:
                self.whole = in_one_piece(parent.nodelist, self.blocks, engine)
        self.parent = parent


class _BlockTranslate(Node):
    """A text with values in it: translated when the template is read, or by number; Django does both for every reader.

    Django's own node stays where there is an `asvar` or a context of the message. What Django does for an English text
    that names other values than the Dutch one is not here: `check_messages` refuses such a catalogue.
    """

    child_nodelists = ()
    leaves_nothing = True

    def __init__(self, node: BlockTranslateNode) -> None:
        self.token, self.origin = node.token, node.origin
        self.given = node.extra_context
        self.counter: Any = node.counter
        self.counted = str(node.countervar)
        self.singular, names = node.render_token_list(node.singular)
        self.plural, more = node.render_token_list(node.plural) if node.plural else ("", [])
        self.names = list(dict.fromkeys(names + more))
        self.text = "" if node.plural else gettext(self.singular)

    def render(self, context: Context) -> str:
        """The text in this language. Raises TemplateSyntaxError when what decides on the plural is no number."""
        values = {name: given.resolve(context) for name, given in self.given.items()}
        if self.plural:
            number = self.counter.resolve(context)
            if not isinstance(number, Decimal | float | int):
                raise TemplateSyntaxError(f"blocktranslate: {self.counted} must be a number")
            values[self.counted] = number
        text = self.text or ngettext(self.singular, self.plural, number)
        return text % {name: self._shown(name, values, context) for name in self.names}

    def _shown(self, name: str, values: dict[str, Any], context: Context) -> str:
        if name in values:
            found = values[name]
        elif name in context:
            found = context[name]
        else:
            assert context.template is not None  # noqa: S101 (it is being rendered)
            missing = context.template.engine.string_if_invalid
            found = missing % name if "%s" in missing else missing
        return str(render_value_in_context(found, context))


def _inside(node: Node) -> Iterator[NodeList]:
    """The lists of nodes in `node`."""
    if isinstance(node, IfNode):  # its own `nodelist` is a copy of all its branches
        yield from (branch for _condition, branch in node.conditions_nodelists)
        return
    for name in node.child_nodelists:
        if nodes := getattr(node, name, None):
            yield nodes


def _is_constant(node: Node, context: Context) -> bool:
    """Whether `node` gives every reader of this language the same text and leaves nothing behind in the context."""
    if isinstance(node, TranslateNode):
        expression = node.filter_expression
        is_text = getattr(expression.var, "lookups", True) is None and not expression.filters
        return is_text and node.asvar is None and node.message_context is None
    if isinstance(node, BlockTranslateNode):
        is_plain = not (node.extra_context or node.plural or node.asvar or node.message_context)
        return is_plain and all(part.token_type == TokenType.TEXT or part.contents in context for part in node.singular)
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


def _is_of_another(node: ExtendsNode) -> bool:
    """Whether `node` always names the same page, and not one of its own name elsewhere."""
    name: Any = node.parent_name
    return _is_text(name) and not str(name.var).startswith(".") and node.origin.template_name != str(name.var)


def _is_text(expression: FilterExpression) -> bool:
    return isinstance(expression.var, str | Promise) and not expression.filters
