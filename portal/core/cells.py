"""Cells of a spreadsheet that it may not run as a formula."""

# Characters with which a spreadsheet takes a cell for a formula (OWASP), and the apostrophe that guards against it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")


def escape(cell: str) -> str:
    """`cell` with an apostrophe before a character that would start a formula; `unescape` takes exactly that away."""
    return f"'{cell}" if cell.startswith(_DANGEROUS) else cell


def unescape(cell: str) -> str:
    """What `escape` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_DANGEROUS) else cell
