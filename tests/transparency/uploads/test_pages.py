"""The pages of reading a file in: the form, how far it is, the rows, the report, and the choices."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from portal.organisations.roles import Role
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import member
from tests.factories.transparency import published_entry
from tests.support.html import soup
from tests.transparency.uploads.helpers import again, as_json, lines, place, read, row, sent, taken, undone
from transparency.actions.drafts import save_answers
from transparency.actions.upload_work import begin_reading, claim_next, keep_lines
from transparency.models import Entry, Upload
from transparency.tasks import tasks_for
from transparency.uploads.work import work_on_uploads

pytestmark = pytest.mark.django_db
LIST = reverse("transparency:uploads")


@pytest.fixture
def at(client):
    here = place()
    client.force_login(here.editor)
    return here


def page(client, upload, query="", **headers):
    return client.get(reverse("transparency:upload", args=[upload.uuid]) + query, headers=headers)


def post(client, name, upload, **data):
    return client.post(reverse(f"transparency:upload-{name}", args=[upload.uuid]), data)


def test_file_that_is_sent_gets_a_page_of_its_own(client, at):
    response = client.post(LIST, {"organisation": "de-linde", "file": SimpleUploadedFile("lijst.json", as_json(row()))})

    upload = Upload.objects.get()
    assert response.headers["Location"] == reverse("transparency:upload", args=[upload.uuid])
    assert (bytes(upload.data), upload.name, upload.state) == (as_json(row()), "lijst.json", "WAITING")
    assert "lijst.json" in client.get(LIST).text


def test_file_of_twenty_megabytes_is_taken_and_a_larger_one_is_not(client, at):
    large = b"x" * (20 * 1024 * 1024)

    taken_in = client.post(LIST, {"organisation": "de-linde", "file": SimpleUploadedFile("a.csv", large)})
    too_large = client.post(LIST, {"organisation": "de-linde", "file": SimpleUploadedFile("a.csv", large + b"x" * 99)})
    much_too_large = client.post(LIST, {"organisation": "de-linde", "file": SimpleUploadedFile("a.csv", large * 2)})

    assert (taken_in.status_code, too_large.status_code, much_too_large.status_code) == (302, 422, 413)
    assert "groter dan 20 megabyte" in too_large.text


@pytest.mark.parametrize(
    ("data", "words"),
    [({}, "Kies een bestand."), ({"file": SimpleUploadedFile("a.csv", b"")}, "Dit bestand is leeg"),
     ({"file": SimpleUploadedFile("a.csv", b"x"), "organisation": "elders"}, "Kies een organisatie uit de lijst"),
     ({"file": "tekst"}, "Kies een bestand.")],
)  # fmt: skip
def test_form_that_is_not_whole_comes_back_with_why(client, at, data, words):
    response = client.post(LIST, {"organisation": "de-linde"} | data)

    assert (response.status_code, words in response.text) == (422, True)
    assert soup(response).select_one(".utrecht-alert--error a[href^='#id_']")


def test_who_writes_for_nobody_has_no_form(client):
    hospital = OrganisationFactory()
    client.force_login(member(hospital, Role.COORDINATOR))

    assert not soup(client.get(LIST)).select("form[enctype]")


def test_how_far_the_reading_is_is_on_the_page_and_htmx_asks_again(client, at):
    upload = sent(at, as_json(row(), row("Tweede")))
    claimed = claim_next(timezone.now())
    begin_reading(upload=claimed, form="own-json", total=2_000, now=timezone.now())
    keep_lines(upload=claimed, lines=[], done=1_200, now=timezone.now())

    whole, part = page(client, upload), page(client, upload, HX_Request="true")

    bar = soup(whole).select_one("progress")
    asks = soup(whole).select_one("[data-hx-get]")
    assert (bar["value"], bar["max"]) == ("1200", "2000")
    assert "1.200 van ongeveer 2.000 regels gelezen" in " ".join(whole.text.split())
    assert asks["href"] == asks["data-hx-get"]
    assert "<html" not in part.text
    assert soup(part).select_one("#stand progress")
    assert "no-store" in part.headers["Cache-Control"]


def test_page_that_is_read_asks_no_more(client, at):
    upload = read(at, as_json(row()))

    assert not soup(page(client, upload)).select("[data-hx-get]")


def test_bad_rows_come_first_with_field_value_and_reason(client, at):
    upload = read(at, as_json(row(), row("Fout", owner="Elders")))

    (line,) = soup(page(client, upload)).select(".bulk-lines__line")
    said = " ".join(line.get_text().split())
    assert "registratie 2 Fout" in said
    assert "organisatie: “Elders”. Deze regel is van een andere organisatie." in said


def test_rows_are_chosen_by_what_would_be_done(client, at):
    upload = read(at, as_json(row(), row("Fout", owner="Elders"), row("Derde")))

    def shown(query):
        return len(soup(page(client, upload, query)).select(".bulk-lines__line"))

    assert [shown(query) for query in ("?soort=alles", "?soort=NEW", "?soort=BAD", "?soort=RAAR")] == [3, 2, 1, 1]


def test_many_rows_come_in_pages(client, at):
    upload = read(at, as_json(*[row(f"Hulp {n}") for n in range(30)]))

    first, second = (soup(page(client, upload, f"?soort=NEW&pagina={n}")) for n in (1, 2))

    assert [len(one.select(".bulk-lines__line")) for one in (first, second)] == [25, 5]
    assert "soort=NEW" in first.select_one(".utrecht-pagination a")["href"]


def test_change_shows_what_goes_and_what_comes(client, at):
    entry = published_entry(organisation=at.hospital)
    upload = read(at, as_json(row(id=str(entry.uuid), risks="De computer kan een breuk missen. Let op.")))

    change = soup(page(client, upload)).select_one(".bulk-lines__line .change")

    assert change.select_one("h4").get_text() == "Wat kan er misgaan?"
    assert (change.select_one("del").get_text(), change.select_one("ins").get_text()) == (
        "Daarom kijkt de arts zelf.", "Let op.",
    )  # fmt: skip


def test_values_of_a_file_are_never_markup(client, at):
    upload = read(at, as_json(row("<script>x</script>", owner="<b>Elders</b>")))

    text = page(client, upload).text

    assert "<script>x" not in text
    assert "<b>Elders" not in text


def test_report_has_every_row_and_is_safe_to_open(client, at):
    entry = published_entry(organisation=at.hospital)
    upload = read(at, as_json(
        row("=cmd|' /C calc'!A0"), row(id=str(entry.uuid), risks="+1"), row("@x", owner="-2+3"),
    ))  # fmt: skip

    response = client.get(reverse("transparency:upload-report", args=[upload.uuid]))

    text = b"".join(response.streaming_content).decode()
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert {cells[0] for cells in rows[1:]} == {"registratie 1", "registratie 2", "registratie 3"}
    assert [cell for cells in rows for cell in cells if cell.startswith(("=", "+", "-", "@"))] == []
    assert ["Wat kan er misgaan?", "'+1", "Dit antwoord verandert."] == [
        cells[place] for cells in rows for place in (4, 6, 7) if cells[6] == "'+1"
    ]


def test_taking_over_without_a_choice_about_bad_rows_says_so(client, at):
    upload = read(at, as_json(row(), row("Fout", owner="Elders")))

    response = post(client, "accept", upload)

    assert (response.status_code, "1 regel niet goed" in response.text) == (422, True)
    assert again(upload).state == "PLANNED"


def test_whole_way_from_choice_to_undone(client, at):
    upload = read(at, as_json(row(), row("Fout", owner="Elders")))

    post(client, "accept", upload, skip_bad="ja")
    assert "Wordt overgenomen" in page(client, upload).text
    work_on_uploads(timezone.now())
    assert "Het bestand is overgenomen" in page(client, upload).text
    assert Entry.objects.count() == 1
    post(client, "undo", upload)
    work_on_uploads(timezone.now())
    assert "teruggedraaid op" in page(client, upload).text
    assert Entry.objects.count() == 0


def test_second_click_leads_to_the_page_that_says_how_it_stands(client, at):
    upload = read(at, as_json(row()))
    post(client, "accept", upload)

    response = client.post(reverse("transparency:upload-accept", args=[upload.uuid]), follow=True)

    assert "Dit kon niet meer" in response.text


def test_rows_that_stayed_are_told(client, at):
    upload = taken(at, as_json(row("Een"), row("Twee")))
    save_answers(
        draft=lines(upload)[0].draft, answers={"risks": "Van mij."}, seen=1, by=at.editor, now=timezone.now()
    )  # fmt: skip
    upload = undone(at, upload)

    response = page(client, upload, "?soort=KEPT")

    assert "1 regel bleef staan" in response.text
    assert [line.select_one("h3").get_text(strip=True) for line in soup(response).select(".bulk-lines__line")] == [
        "registratie 1Een"
    ]


def test_file_that_cannot_be_read_says_what_to_do(client, at):
    upload = read(at, "naam,organisatie\nHulp,Patiënt".encode("cp1252"), "lijst.csv")

    text = page(client, upload).text

    assert "Sla het op als UTF-8" in text
    assert "Stuur een ander bestand in" in text


def test_discarded_file_is_gone(client, at):
    upload = read(at, as_json(row()))

    response = client.post(reverse("transparency:upload-discard", args=[upload.uuid]), follow=True)

    assert "weggegooid" in response.text


def test_read_file_is_something_to_do(at):
    upload = read(at, as_json(row()))

    (task,) = [task for task in tasks_for(at.editor) if "bestand" in str(task.what)]
    assert (task.title, str(upload.uuid) in task.url) == ("lijst.json", True)


# --- Beginning, and the way to it ------------------------------------------------------------------------------------


def test_who_begins_gets_an_empty_list_and_can_read_which_columns_there_are(client, at):
    there = soup(client.get(LIST))

    response = client.get(there.find("a", string="Haal een leeg voorbeeldbestand op (Excel)")["href"])

    assert response.headers["Content-Disposition"] == 'attachment; filename="voorbeeldbestand.xlsx"'
    assert load_workbook(io.BytesIO(response.content)).sheetnames == ["Toepassingen", "Uitleg"]
    told = [[cell.get_text() for cell in cells.select("th, td")] for cells in there.select(".bulk-columns tbody tr")]
    assert told[0] == ["Naam", "Hoe noemt u deze AI als u erover praat met een patiënt?", "Ja, altijd"]
    assert [needed for name, _help, needed in told if name in {"Organisatie", "Wie beslist?"}] == [
        "Nee", "Bij openbaar maken",
    ]  # fmt: skip


def test_file_without_the_names_of_columns_leads_to_the_empty_list(client, at):
    upload = read(at, b"Leverancier,Afdeling\nVier,Hart\n", "lijst.csv")

    said = soup(page(client, upload)).select_one(".utrecht-alert--error")

    assert "Wij lazen deze kolommen: Leverancier, Afdeling. Wij missen: Naam." in said.get_text()
    assert said.select_one(f"a[href='{reverse('transparency:upload-blank')}']")


@pytest.mark.parametrize(("role", "shown"), [(Role.EDITOR, True), (Role.PUBLISHER, True), (Role.COORDINATOR, False)])
def test_way_to_it_stands_on_the_work_page_for_who_may(client, role, shown):
    client.force_login(member(OrganisationFactory(), role))

    assert bool(soup(client.get(reverse("work"))).select(f"main a[href='{LIST}']")) is shown


def test_way_to_it_stands_where_one_begins_a_new_one(client, at):
    (way,) = soup(client.get(reverse("transparency:new-entry"))).select(f"main a[href='{LIST}']")

    assert way.parent.get_text() == "Hebt u er meer? Lees een bestand in"


def test_no_two_ways_on_the_work_page_ask_whether_a_text_is_right(client, at):
    words = [way.get_text() for way in soup(client.get(reverse("work"))).select("main a")]

    assert [one for one in words if "nog?" in one] == ["Kijk teksten na: klopt het nog?"]
    assert "Een product of wet is veranderd" in words
    assert soup(client.get(reverse("transparency:proposals"))).h1.get_text() == "Een product of wet is veranderd"


# --- Names of organisations ------------------------------------------------------------------------------------------


def test_other_name_is_asked_once_for_all_its_rows(client, at):
    upload = read(at, as_json(*[row(f"Hulp {n}", owner="De Linde") for n in range(12)]))

    there = soup(page(client, upload))

    (asked,) = there.select("fieldset")
    assert asked.legend.get_text() == (
        "In het bestand staat ‘De Linde’. U koos Ziekenhuis De Linde. Is dat dezelfde?"
    )  # fmt: skip
    assert [label.get_text() for label in asked.select("label")] == [
        "Ja. Neem alle 12 regels mee", "Nee, dat is een andere",
    ]  # fmt: skip
    assert there.select("fieldset input:checked") == []
    assert "Beantwoord eerst de vraag hierboven." in there.get_text()


def test_answer_reads_the_same_file_again(client, at):
    upload = read(at, as_json(row(owner="De Linde")))

    response = post(client, "names", upload, **{"zelfde-delinde": "ja"})
    assert (response.status_code, again(upload).state) == (302, "WAITING")
    work_on_uploads(timezone.now())

    there = soup(page(client, upload))
    assert [line.outcome for line in lines(upload)] == ["NEW"]
    assert there.select_one("details fieldset input:checked")["value"] == "ja"


def test_answer_that_is_none_is_asked_for(client, at):
    upload = read(at, as_json(row(owner="De Linde")))

    for data in ({}, {"zelfde-delinde": "misschien"}, {"zelfde-elders": "ja"}):
        response = post(client, "names", upload, **data)

        assert (response.status_code, again(upload).state) == (422, "PLANNED")
        assert soup(response).select_one(".utrecht-alert--error a[href='#namen']").get_text() == "Kies ja of nee."


def test_name_that_another_organisation_here_has_is_asked_with_a_warning(client, at):
    OrganisationFactory(name="De Linde")
    upload = read(at, as_json(row(owner="De Linde")))

    assert "wij kennen ook een andere organisatie met deze naam" in page(client, upload).text


def test_who_only_looks_is_asked_nothing(client, at):
    upload = read(at, as_json(row(owner="De Linde")))
    client.force_login(member(at.hospital, Role.COORDINATOR))

    assert soup(page(client, upload)).select("fieldset") == []


def test_answer_comes_too_late_once_the_file_is_taken_over(client, at):
    upload = taken(at, as_json(row(), row("Tweede", owner="De Linde")))

    response = client.post(
        reverse("transparency:upload-names", args=[upload.uuid]), {"zelfde-delinde": "ja"}, follow=True
    )

    assert "Dit kon niet meer" in response.text
    assert again(upload).state == "DONE"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_state_has_a_page_in_both_languages(client, at, prefix):
    named = read(at, as_json(row(owner="De Linde")))
    for upload in (named, sent(at, as_json(row())), read(at, b"x"), undone(at, taken(at, as_json(row("Een"))))):
        assert client.get(prefix + reverse("transparency:upload", args=[upload.uuid])).status_code == 200


def test_list_of_many_files_asks_the_database_few_questions(client, at, django_assert_max_num_queries):
    for _ in range(5):
        read(at, as_json(row()))

    with django_assert_max_num_queries(20):
        client.get(LIST)


def test_page_of_many_rows_asks_the_database_few_questions(client, at, django_assert_max_num_queries):
    upload = read(at, as_json(*[row(f"Hulp {n}", owner="Elders" if n % 2 else "de-linde") for n in range(25)]))

    with django_assert_max_num_queries(25):
        page(client, upload)
