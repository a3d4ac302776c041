"""The workspace: what each person is answered."""

from tests.access.table import HIDDEN, OK, SIGN_IN, row

# fmt: off
#                              nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("transparency:work-entries", SIGN_IN, OK, OK,     OK,     OK,     OK,     OK,     OK,       OK),
    row("transparency:work-entry", SIGN_IN, HIDDEN, HIDDEN, OK,   OK,     OK,     OK,     OK,       HIDDEN,
        kwargs=lambda world: {"slug": world.draft.entry.slug}),
    row("work",                SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("transparency:draft",  SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     OK,       HIDDEN,
        kwargs=lambda world: {"key": world.draft.uuid}),
]
# fmt: on
