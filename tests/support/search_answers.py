"""Ask the search the questions of a file in a new database that was migrated, and print what it answers as JSON.

`python -m tests.support.search_answers QUESTIONS` with DATABASE_URL set; QUESTIONS is a JSON list of query strings.
"""

import datetime
import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.http import QueryDict

NOW = datetime.datetime(2026, 11, 22, 9, 0, tzinfo=datetime.UTC)
MOST_PAGES = 4


def answers(query: str) -> dict[str, Any]:
    """Everything that could differ in the answer to one query string."""
    from tests.support.register import slugs_of
    from transparency.filters import Ask
    from transparency.listing import answer

    first = answer(Ask.read(QueryDict(query)))
    later = [
        answer(Ask.read(QueryDict(f"{query}&pagina={page}"))) for page in range(2, min(first.pages, MOST_PAGES) + 1)
    ]
    return {
        "query": query,
        "slugs": [slug for found in [first, *later] for slug in slugs_of(found)],
        "shown": [str(card) for card in first.cards],
        "total": first.total,
        "suggestion": first.suggestion,
        "flags": [first.corrected, first.partly, first.cut_off],
        "counts": {g.facet.key: [list(pair) for pair in g.counts.items()] for g in first.groups},
    }


def run(questions: list[str]) -> list[dict[str, Any]]:
    """Load the content and the examples, and ask."""
    from transparency.loading import load_content, load_examples

    load_content(now=NOW)
    load_examples(now=NOW)
    return [answers(query) for query in questions]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    json.dump(run(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), sys.stdout)
