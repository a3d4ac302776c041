"""Reading files in, taking everything out, and keys: what each person is answered."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.keys.actions import make_key
from portal.keys.models import Scope
from tests.access.table import DENIED, DONE, HIDDEN, OK, SIGN_IN, WRONG, row
from tests.access.world import World
from transparency.actions.uploads import accept_upload, begin_upload
from transparency.models import Upload
from transparency.uploads.work import work_on_uploads

FILE = b'[{"name": "Hulp", "organization": "Ziekenhuis De Linde"}]'


def with_upload(world: World, data: bytes = FILE) -> None:
    """A file that the editor sent in and that was read."""
    begun = begin_upload(
        organisation=world.hospital, name="lijst.json", data=data, by=world.people["editor"], now=timezone.now()
    )
    work_on_uploads(timezone.now())
    world.things["upload"] = Upload.objects.select_related("organisation").get(pk=begun.pk)


def with_other_name(world: World) -> None:
    """The same, with another name for the hospital in it."""
    with_upload(world, FILE.replace(b"Ziekenhuis ", b""))


def with_taken(world: World) -> None:
    """The same, taken over."""
    with_upload(world)
    accept_upload(upload=world.things["upload"], skip_bad=False, by=world.people["editor"], now=timezone.now())
    work_on_uploads(timezone.now())


def with_key(world: World) -> None:
    """A key that the administrator made."""
    world.things["key"], _token = make_key(
        organisation=world.hospital, name="Ons systeem", scopes=[Scope.READ], days=30,
        by=world.people["administrator"], now=timezone.now(),
    )  # fmt: skip


def upload(world: World) -> dict[str, object]:
    return {"key": world.things["upload"].uuid}


def sent(world: World) -> dict[str, object]:
    return {"organisation": "de-linde", "file": SimpleUploadedFile("lijst.json", FILE)}


def asked(world: World) -> dict[str, object]:
    return {"name": "Ander", "scopes": ["DRAFTS_READ"], "days": 30}


HOSPITAL = {"slug": "de-linde"}
# fmt: off
#                                      nobody   newcomer outsider editor  publish admin   coordin editorial portal
ROWS = [
    row("transparency:uploads",        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,     OK),
    row("transparency:uploads",        SIGN_IN, WRONG,   WRONG,   DONE,   DONE,   WRONG,  WRONG,  WRONG,  WRONG,
        method="POST", data=sent),
    row("transparency:upload",         SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN, HIDDEN,
        prepare=with_upload, kwargs=upload),
    row("transparency:upload-blank",   SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,     OK),
    row("transparency:upload-names",   SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, HIDDEN, HIDDEN,
        method="POST", prepare=with_other_name, kwargs=upload, data=lambda world: {"zelfde-delinde": "ja"}),
    row("transparency:upload-report",  SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN, HIDDEN,
        prepare=with_upload, kwargs=upload),
    row("transparency:upload-accept",  SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, HIDDEN, HIDDEN,
        method="POST", prepare=with_upload, kwargs=upload),
    row("transparency:upload-discard", SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, HIDDEN, HIDDEN,
        method="POST", prepare=with_upload, kwargs=upload),
    row("transparency:upload-undo",    SIGN_IN, HIDDEN,  HIDDEN,  DONE,   DONE,   DENIED, DENIED, HIDDEN, HIDDEN,
        method="POST", prepare=with_taken, kwargs=upload),
    row("transparency:exports",        SIGN_IN, OK,      OK,      OK,     OK,     OK,     OK,     OK,     OK),
    row("transparency:export",         SIGN_IN, HIDDEN,  HIDDEN,  OK,     OK,     OK,     OK,     HIDDEN, HIDDEN,
        kwargs=lambda world: HOSPITAL | {"name": "toepassingen.json"}),
    row("keys",                        SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, OK,     DENIED, HIDDEN, HIDDEN,
        kwargs=lambda world: HOSPITAL),
    row("keys",                        SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, OK,     DENIED, HIDDEN, HIDDEN,
        method="POST", kwargs=lambda world: HOSPITAL, data=asked),
    row("key-revoke",                  SIGN_IN, HIDDEN,  HIDDEN,  DENIED, DENIED, DONE,   DENIED, HIDDEN, HIDDEN,
        method="POST", prepare=with_key, kwargs=lambda world: HOSPITAL | {"key": world.things["key"].uuid}),
]
# fmt: on
