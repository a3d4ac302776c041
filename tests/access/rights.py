"""One's own data: everybody sees their own and nobody else's, so each person is answered alike."""

from participation.models import ConsentKind
from tests.access.table import DONE, HIDDEN, OK, SIGN_IN, row

# Leaving asks again who you are; a test that signs in without doing so has not told it yet.
ASKED = DONE
AGREE = {"soort": ConsentKind.BACKGROUND.value, "over": ""}

# fmt: off
#                                        nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("participation:my-data",         SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("participation:my-copy",         SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
    row("participation:my-consent",      SIGN_IN, 405,     405,     405,    405,    405,    405,    405,      405),
    row("participation:my-consent",      SIGN_IN, DONE,    DONE,    DONE,   DONE,   DONE,   DONE,   DONE,     DONE,
        method="POST", data=lambda world: AGREE),
    row("participation:my-consent",      SIGN_IN, HIDDEN,  HIDDEN,  HIDDEN, HIDDEN, HIDDEN, HIDDEN, HIDDEN,   HIDDEN,
        method="POST", data=lambda world: {"soort": "NAME", "over": "project:van-een-ander"}),
    row("participation:my-data-leave",   SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED),
    row("participation:my-data-leave",   SIGN_IN, ASKED,   ASKED,   ASKED,  ASKED,  ASKED,  ASKED,  ASKED,    ASKED,
        method="POST"),
    row("participation:erased",          OK,      OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
]
# fmt: on
