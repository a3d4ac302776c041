"""The publication log of what was published before there was one: a line for each act, in the order in which it came."""

from django.db import migrations

from portal.core import append_only
from transparency.proof.controleer import content_hash, line_hash
from transparency.proof.lines import ending_values, line_of, notice_values, sealed, text_values

TABLES = ("transparency_publicationevent", "transparency_seal", "transparency_dailyhead", "transparency_redaction")
TEXT, NOTICE, ENDING = range(3)  # acts of one moment come in this order


def acts(apps):
    """(moment, order, model, primary key) of every public act, in the order in which they came."""
    found = []
    for model, moment, order in (
        ("SystemVersion", "published_at", TEXT), ("Version", "published_at", TEXT), ("Notice", "published_at", NOTICE),
        ("Entry", "ended_at", ENDING),
    ):
        rows = apps.get_model("transparency", model).objects.filter(**{f"{moment}__isnull": False})
        found += [(at, order, model, pk) for at, pk in rows.values_list(moment, "pk")]
    return sorted(found)


def told_by(apps, model, pk):
    """(fields of the event, values, fields of the seal) of one act."""
    rows = apps.get_model("transparency", model).objects
    if model == "SystemVersion":
        one = rows.select_related("system").get(pk=pk)
        about = {"subject": one.system.uuid, "subject_type": "SYSTEM", "is_example": False, "version": one.number}
        return about | {"kind": "SYSTEM_PUBLISHED"}, text_values(one), {"system_version": one}
    if model == "Version":
        one = rows.select_related("entry__organisation").get(pk=pk)
        about = _entry(one.entry) | {"kind": "ENTRY_PUBLISHED", "version": one.number}
        return about, text_values(one), {"version": one}
    if model == "Notice":
        one = rows.select_related("entry__organisation").get(pk=pk)
        values = notice_values(one)
        return _entry(one.entry) | {"kind": "NOTICE_PUBLISHED"}, values, {"told": values}
    one = rows.select_related("organisation", "successor").get(pk=pk)
    values = ending_values(one)
    return _entry(one) | {"kind": f"ENTRY_{one.state}"}, values, {"told": values}


def _entry(entry):
    return {"subject": entry.uuid, "subject_type": "ENTRY", "is_example": entry.organisation.is_example}


def write_log(apps, schema_editor):
    """A line and a seal for each act; does nothing when there are lines already."""
    events = apps.get_model("transparency", "PublicationEvent")
    seals, head = apps.get_model("transparency", "Seal"), apps.get_model("transparency", "LogHead").objects.get(pk=1)
    for moment, _order, model, pk in acts(apps) if head.number == 0 else ():
        about, values, text = told_by(apps, model, pk)
        fields = sealed(values)
        event = events(
            number=head.number + 1, happened_at=moment, content_hash=content_hash(fields), previous_hash=head.hash,
            **about,
        )
        event.own_hash = line_hash(line_of(event))
        event.save(force_insert=True)
        seals.objects.create(event=event, fields=fields, **{"told": {}, **text})
        head.number, head.hash = event.number, event.own_hash
    head.save()


def forget_log(apps, schema_editor):
    """Take every line away again, so that `write_log` may write them anew; the triggers come back after migrate."""
    append_only.lift(schema_editor.connection, TABLES)
    for model in ("Redaction", "RedactionRequest", "Seal", "DailyHead", "PublicationEvent"):
        apps.get_model("transparency", model).objects.all().delete()
    apps.get_model("transparency", "LogHead").objects.update(number=0, hash="0" * 64)


class Migration(migrations.Migration):

    dependencies = [
        ("transparency", "0010_publication_log"),
        ("organisations", "0003_people"),
    ]

    operations = [
        migrations.RunPython(write_log, forget_log),
    ]
