"""What the tests of reading files in share: a hospital with people, files, and the way through the steps."""

import csv
import io
import json
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.organisations.models import Organisation
from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import COMPLETE
from transparency.actions.uploads import accept_upload, begin_upload, undo_upload
from transparency.exchange import flat
from transparency.models import Upload, UploadLine
from transparency.uploads.work import work_on_uploads

HOSPITAL = "Ziekenhuis De Linde"


@dataclass
class Place:
    """A hospital and somebody who writes there."""

    hospital: Organisation
    editor: User


def place() -> Place:
    """A hospital with an editor."""
    hospital = OrganisationFactory(name=HOSPITAL, slug="de-linde", verified_at=timezone.now())
    return Place(hospital=hospital, editor=member(hospital, Role.EDITOR))


def row(name: str = "Breukkijker", *, owner: str = HOSPITAL, **more: Any) -> dict[str, Any]:
    """One entry in our own form; `more` replaces answers, or the id."""
    key = more.pop("id", "")
    return {"id": key, "organisation": {"name": owner}, "content": {**COMPLETE, "name": name, **more}}


def as_json(*rows: Any) -> bytes:
    """A file of our own JSON."""
    return json.dumps({"format": "toepassingen", "entries": list(rows)}, ensure_ascii=True).encode()


def as_csv(*rows: dict[str, Any], delimiter: str = ",") -> bytes:
    """The same as our flat CSV."""
    usual = dict.fromkeys(flat.META, None) | {"system": None}
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter)
    writer.writerow(flat.headers())
    writer.writerows(flat.cells({**usual, **one}) for one in rows)
    return buffer.getvalue().encode()


def sent(at: Place, data: bytes, name: str = "lijst.json") -> Upload:
    """A file that was sent in and waits."""
    return begin_upload(organisation=at.hospital, name=name, data=data, by=at.editor, now=timezone.now())


def again(upload: Upload) -> Upload:
    """`upload` as it stands in the database now."""
    return Upload.objects.select_related("organisation").get(pk=upload.pk)


def read(at: Place, data: bytes, name: str = "lijst.json") -> Upload:
    """A file that was sent in and read by the job."""
    upload = sent(at, data, name)
    work_on_uploads(timezone.now())
    return again(upload)


def accepted(at: Place, upload: Upload, *, skip_bad: bool = True) -> Upload:
    """`upload` with the choice made to take it over, not yet carried out."""
    accept_upload(upload=upload, skip_bad=skip_bad, by=at.editor, now=timezone.now())
    return again(upload)


def taken(at: Place, data: bytes, *, skip_bad: bool = True) -> Upload:
    """A file that was read and taken over."""
    upload = accepted(at, read(at, data), skip_bad=skip_bad)
    work_on_uploads(timezone.now())
    return again(upload)


def undone(at: Place, upload: Upload) -> Upload:
    """`upload` after it was undone."""
    undo_upload(upload=upload, by=at.editor, now=timezone.now())
    work_on_uploads(timezone.now())
    return again(upload)


def lines(upload: Upload) -> list[UploadLine]:
    """Its rows in their order."""
    return list(upload.lines.select_related("entry", "draft").order_by("position"))


def outcomes(upload: Upload) -> list[str]:
    """What would be done with each row."""
    return [line.outcome for line in lines(upload)]


def reasons(upload: Upload) -> str:
    """Everything that is told about the rows."""
    return " ".join(one["reason"] for line in lines(upload) for one in line.told)
