"""A page, the page that it fills in and the parts that it includes, as one list of nodes (portal/docs/adr/0037).

Django goes through blocks and includes for every reader, each with a layer of variables of its own. Where they leave no
variable behind, the list gives the same text without them.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.template import Context
from django.template.base import Node, NodeList, TextNode, VariableNode
from django.template.defaulttags import CommentNode, ForNode, IfNode, LoadNode, URLNode, WithNode
from django.template.library import InclusionNode, SimpleNode
from django.template.loader_tags import BlockNode, IncludeNode
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.safestring import SafeString
from template_partials.templatetags.partials import DefinePartialNode

SILENT = (LoadNode, CommentNode)  # they did their work when the template was read
KNOWN = (
    TextNode, VariableNode, IfNode, ForNode, WithNode, URLNode, StaticNode, TranslateNode, BlockTranslateNode,
    SimpleNode, InclusionNode, IncludeNode, DefinePartialNode,
)  # fmt: skip
NAMES = ("asvar", "target_var", "varname")  # where a node keeps the name of the variable that it makes


class Part(Node):
    """A template named in another, which sees all that the other sees: found once, and rendered as a part of it."""

    child_nodelists = ()
    leaves_nothing = True

    def __init__(self, node: IncludeNode) -> None:
        self.name = str(node.template.var)
        self.token, self.origin = node.token, node.origin
        self.nodes: NodeList | None = None

    def parts(self, engine: Any) -> NodeList:
        """Its nodes, found once. Raises TemplateDoesNotExist."""
        if self.nodes is None:
            self.nodes = engine.get_template(self.name).nodelist
        return self.nodes

    def render(self, context: Context) -> SafeString:
        """Its HTML. What it sets is not seen outside it."""
        assert context.template is not None  # noqa: S101 (it is being rendered)
        with context.push():
            return self.parts(context.template.engine).render(context)


def in_one_piece(nodes: NodeList, blocks: Mapping[str, BlockNode], engine: Any) -> NodeList | None:
    """The `nodes` of a page with `blocks` filled in; None when that would not be the same."""
    made = NodeList(joined(_filled(nodes, blocks, engine, ())))
    return made if _are_quiet(made) else None


def _filled(
    nodes: Iterable[Node], blocks: Mapping[str, BlockNode], engine: Any, inside: tuple[str, ...]
) -> Iterator[Node]:
    """`nodes`, with blocks and parts replaced by what is in them; `inside`: the parts in which they stand."""
    for node in nodes:
        if isinstance(node, BlockNode) and not inside:
            yield from _filled(blocks.get(node.name, node).nodelist, blocks, engine, inside)
        elif isinstance(node, DefinePartialNode) and node.inline:
            yield from _filled(node.nodelist, blocks, engine, inside)
        elif isinstance(node, Part) and node.name not in inside and _are_quiet(node.parts(engine)):
            yield from _filled(node.parts(engine), blocks, engine, (*inside, node.name))
        else:
            yield node


def joined(nodes: Iterable[Node]) -> Iterator[Node]:
    """`nodes` without what is silent, and texts that follow each other as one. Nodes are shared, so none is changed."""
    text: list[TextNode] = []
    for node in nodes:
        if isinstance(node, TextNode):
            text.append(node)
        elif not isinstance(node, SILENT):
            yield from _one(text)
            text = []
            yield node
    yield from _one(text)


def _one(texts: list[TextNode]) -> Iterator[TextNode]:
    if texts:
        made = TextNode("".join(text.s for text in texts))
        made.token, made.origin = texts[0].token, texts[0].origin
        yield made


def _are_quiet(nodes: NodeList) -> bool:
    return all(_leaves_nothing(node) for node in nodes.get_nodes_by_type(Node))


def _leaves_nothing(node: Node) -> bool:
    """Whether `node` makes no variable and asks nothing of the block in which it stands."""
    if getattr(node, "leaves_nothing", False):  # a node of our own
        return True
    if not isinstance(node, KNOWN) or any(getattr(node, name, None) is not None for name in NAMES):
        return False
    if isinstance(node, VariableNode):
        return not str(node.filter_expression).startswith("block.")
    return not getattr(node, "takes_context", False)  # it could write what it is given
