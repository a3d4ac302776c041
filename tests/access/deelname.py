"""The workspace of representatives: what each person is answered."""

from tests.access.table import OK, SIGN_IN, row

# fmt: off
#                                    nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("participation:deelname",    SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,       OK),
]
# fmt: on
