"""Nobody reads what one person got from all that is public together: tried by linear algebra on every quarter."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from participation.money_privacy import FEWEST, LONGEST, Movement, told

BASE = 1 << 24  # each cell has its own digit: a sum says which cells are in it
PRIME = (1 << 61) - 1
PEOPLE = [f"p{n}" for n in range(8)]
KINDS = ("FEE", "TRAVEL", "SUPPORT")
LAST = 6

groups = st.tuples(st.integers(0, 2), st.sampled_from(KINDS), st.integers(0, LAST))  # a budget, a line, a quarter
cells = st.dictionaries(
    groups, st.tuples(st.sets(st.sampled_from(PEOPLE)), st.sets(st.sampled_from(PEOPLE))), min_size=1, max_size=9
).map(
    lambda found: [
        (*group, who, who in promised, who in spent)
        for group, (promised, spent) in found.items()
        for who in sorted(promised | spent)
    ]
)
endings = st.dictionaries(st.integers(0, 2), st.integers(0, LAST), max_size=3)


def movements(rows):
    """Each amount its own power of BASE; (the movements, whose each digit is)."""
    made, owners = [], []
    for budget, kind, quarter, who, is_promised, is_spent in rows:
        amounts = {}
        for name, there in (("promised", is_promised), ("spent", is_spent)):
            if there:
                amounts[name] = BASE ** len(owners)
                owners.append((who, budget))
        if amounts:
            made.append(Movement(budget=budget, kind=kind, quarter=quarter, who=who, **amounts))
    return made, owners


def digits(number, width):
    return [number // BASE**place % BASE for place in range(width)]


def rank(rows):
    """The rank of a matrix of whole numbers."""
    rows, found = [list(row) for row in rows], 0
    for column in range(len(rows[0]) if rows else 0):
        pivot = next((n for n in range(found, len(rows)) if rows[n][column] % PRIME), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        inverse = pow(rows[found][column], -1, PRIME)
        for n in range(found + 1, len(rows)):
            if factor := rows[n][column] * inverse % PRIME:
                rows[n] = [(a - factor * b) % PRIME for a, b in zip(rows[n], rows[found], strict=True)]
        found += 1
    return found


def attack(numbers, owners):
    """The fewer than five people whose money together can be worked out from `numbers`; None when there are none.

    From sums only sums can be worked out. One that is about the people S alone exists exactly when leaving out all
    that is theirs makes the sums depend on each other.
    """
    width = len(owners)
    rows = [row for number in sorted(set(numbers)) if any(row := digits(number, width))]
    whole = rank(rows)
    everybody = sorted({who for who, _budget in owners})
    for few in combinations(everybody, min(FEWEST - 1, len(everybody))):
        others = [[digit for digit, (who, _b) in zip(row, owners, strict=True) if who not in few] for row in rows]
        if rank(others) < whole:
            return few
    return None


def everything(made, ended):
    """Every number that anybody can know who looked at the end of each quarter: blocks, sums, and what went back."""
    known = []
    for until in range(-1, LAST + 1):
        past = {budget: quarter for budget, quarter in ended.items() if quarter <= until}
        now = told(made, until=until, ended=past)
        for name in ("promised", "spent"):
            known += [getattr(block, name) for block in now.blocks]
            known.append(sum(getattr(block, name) for block in now.blocks))
            known += [sum(getattr(block, name) for block in now.of(budget)) for budget in range(3)]
            known += [
                sum(getattr(block, name) for block in now.blocks if block.kinds == {kind}) for kind in KINDS
            ]  # fmt: skip
        # What went back is what was set apart, which is public, less what was spent.
        known += [sum(one.spent for one in made if one.budget == b) for b in past if now.is_whole(b)]
    return known


@settings(max_examples=150, deadline=None)
@given(cells, endings)
def test_nothing_public_is_about_fewer_than_five_people(rows, ended):
    # A budget that closed takes nothing more.
    made, owners = movements([row for row in rows if row[2] <= ended.get(row[0], LAST)])

    assert attack(everything(made, ended), owners) is None


@settings(max_examples=100, deadline=None)
@given(cells, endings)
def test_what_was_told_stays_as_it_was(rows, ended):
    made, _owners = movements(rows)
    last = told(made, until=LAST, ended=ended)

    for until in range(LAST):
        past = {budget: quarter for budget, quarter in ended.items() if quarter <= until}
        before = told([one for one in made if one.quarter <= until], until=until, ended=past)
        assert list(before.blocks) == [block for block in last.blocks if block.until <= until]


@settings(max_examples=100, deadline=None)
@given(cells)
def test_nothing_is_told_twice_or_lost(rows):
    made, _owners = movements(rows)
    now = told(made, until=LAST)
    waiting = [one for ones in now.waiting.values() for one in ones]

    for name in ("promised", "spent"):
        assert sum(getattr(one, name) for one in made) == sum(getattr(block, name) for block in now.blocks) + sum(
            getattr(one, name) for one in waiting
        )


def test_the_attack_finds_what_a_naive_page_gives_away():
    made, owners = movements(
        [(0, "FEE", 0, who, False, True) for who in PEOPLE[:5]] + [(1, "FEE", 0, "p5", False, True)]
    )
    fund, project = sum(one.spent for one in made), sum(one.spent for one in made if one.budget == 0)

    found = attack([fund, project], owners)

    assert found is not None
    assert "p5" in found
    assert attack([project], owners) is None


def spends(budget, quarter, *people, kind="FEE"):
    return [Movement(budget=budget, kind=kind, quarter=quarter, who=who, spent=1_000) for who in people]


def test_quarters_wait_for_five_people():
    now = told(spends(0, 0, "a", "b") + spends(0, 1, "c", "d", "e"), until=1)

    assert [(one.since, one.until, one.spent) for one in now.blocks] == [(0, 1, 5_000)]


def test_a_line_of_few_people_is_told_with_another():
    now = told(
        spends(0, 0, *"abcdef") + spends(0, 0, "a", kind="TRAVEL") + spends(0, 0, *"abcde", kind="SUPPORT"), until=0
    )

    assert sorted((sorted(one.kinds), one.spent) for one in now.blocks) == [
        (["FEE"], 6_000), (["SUPPORT", "TRAVEL"], 6_000),
    ]  # fmt: skip


def test_small_budgets_are_told_together_after_a_while():
    made = spends(0, 0, "a", "b") + spends(1, 0, "c", "d", "e")

    assert told(made, until=LONGEST - 1).blocks == []
    (block,) = told(made, until=LONGEST).blocks
    assert (block.budgets, block.spent) == ({0, 1}, 5_000)


def test_a_budget_that_closed_does_not_wait_longer():
    made = spends(0, 0, "a", "b") + spends(1, 0, "c", "d", "e")

    assert len(told(made, until=1, ended={0: 1, 1: 1}).blocks) == 1
    assert told(made, until=1, ended={0: 1}).blocks == []


def test_what_was_given_back_is_not_of_a_person():
    made = [*spends(0, 0, *"abcd"), Movement(budget=0, kind="FEE", quarter=0, who="e", spent=500),
            Movement(budget=0, kind="FEE", quarter=0, who="e", spent=-500)]  # fmt: skip

    assert told(made, until=0).blocks == []
