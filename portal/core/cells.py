"""Cells of a spreadsheet that it may not run as a formula, and what it shows where it cannot work one out."""

# Characters with which a spreadsheet takes a cell for a formula (OWASP), and the apostrophe that guards against it.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_ERRORS = frozenset({
    "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!", "#CALC!",
    "#FIELD!", "#BLOCKED!", "#UNKNOWN!", "#CONNECT!", "#DEEL/0!", "#WAARDE!", "#VERW!", "#NAAM?", "#GETAL!", "#N/B",
    "#LEEG!",
})  # fmt: skip


def is_error(cell: str) -> bool:
    """Whether a spreadsheet shows `cell` when it cannot work it out: "#VALUE!", in Dutch "#WAARDE!"."""
    return cell.lstrip().startswith("#") and cell.strip().upper() in _ERRORS


def escape(cell: str) -> str:
    """`cell` with an apostrophe before what would be a formula or an error; `unescape` takes exactly that away."""
    return f"'{cell}" if _is_guarded(cell) else cell


def unescape(cell: str) -> str:
    """What `escape` was given."""
    return cell[1:] if cell.startswith("'") and _is_guarded(cell[1:]) else cell


def _is_guarded(cell: str) -> bool:
    return cell.startswith(_DANGEROUS) or is_error(cell)
