"""Every kind of thing of people that can be erased."""

from participation.erasure.kind import Kind
from participation.erasure.money import OF_MONEY
from participation.erasure.people import ACCOUNT, CONSENT, NEEDS, PROFILE, WITHDRAWN
from participation.erasure.work import (
    ATTENDANCE,
    CANDIDACY,
    INTEREST,
    MEETING_NEEDS,
    MESSAGE,
    PAPER,
    PERSON,
    ROLE_NEEDS,
    SIGNED_NAME,
    TASK,
    TEAM_MEMBER,
    WELCOME,
)

# In the order in which a replay goes: a person last, so that what is theirs is found before.
KINDS: tuple[Kind, ...] = (
    WITHDRAWN, CONSENT, NEEDS, PROFILE, CANDIDACY, MEETING_NEEDS, ATTENDANCE, MESSAGE, TASK, PAPER, INTEREST, WELCOME,
    SIGNED_NAME, ROLE_NEEDS, *OF_MONEY, PERSON, TEAM_MEMBER, ACCOUNT,
)  # fmt: skip
