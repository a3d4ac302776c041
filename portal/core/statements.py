"""What a statement of SQL does: whether it would write."""

import re
from functools import lru_cache

WRITES = ("insert", "update", "delete", "replace", "create", "drop", "alter", "truncate", "merge")
_COMMENT = re.compile(r"--[^\n]*|/\*.*?\*/", re.DOTALL)
_WRITE_IN_WITH = re.compile(r"\b(insert\s+into|update|delete\s+from|merge\s+into|replace\s+into)\b")


@lru_cache(maxsize=1000)
def write_in(sql: str) -> str:
    """With what `sql` begins when it would write, as "UPDATE"; else ""."""
    statement = _COMMENT.sub(" ", sql).lstrip().lower()
    is_write = statement.startswith(WRITES) or (statement.startswith("with") and _WRITE_IN_WITH.search(statement))
    return statement.split(None, 1)[0].upper() if is_write else ""
