"""The public figures: counted by hand, real and examples apart, small groups hidden, frozen by month."""

import csv
import datetime
import io

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from participation.actions.figures import freeze_figures
from participation.figures.base import FEWEST_PEOPLE, Measured, Row, Subject, hide_small_groups
from participation.figures.measuring import measured_now
from participation.figures.own import FIGURES
from participation.models import FigureSnapshot, GateReview, Passage, Project, Verdict
from participation.states import AdviceState, Phase
from portal.audit.revision import current_revision
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import LONG_REASON, ProjectFactory, given_advice, held_meeting, representative
from tests.factories.people import UserFactory
from tests.factories.recruiting import VacancyFactory, withdrawn
from tests.support.html import links, soup, words

pytestmark = pytest.mark.django_db

PAGE = reverse("participation:figures")
DAY = datetime.timedelta(days=1)


def numbers(code, organisation=None, *, examples=False):
    """{part: (numerator, denominator)} of a figure now."""
    (one,) = [one for one in measured_now(timezone.localdate(), examples=examples) if one.figure.code == code]
    return {row.code: (row.numerator, row.denominator) for row in one.groups[organisation and organisation.pk].rows}


def share(code, **more):
    return numbers(code, **more)["all"]


def go_on(project, phase, now, exception=None):
    """Let `project` enter `phase`, as a gate would."""
    gate = GateReview.objects.create(
        project=project, from_phase=project.phase, to_phase=phase, state="PASSED", asked_at=now, decided_at=now,
        exception=exception,
    )  # fmt: skip
    Passage.objects.create(project=project, phase=phase, gate=gate, entered_at=now)
    Project.objects.filter(pk=project.pk).update(phase=phase, phase_since=now)
    project.refresh_from_db()


def excepted(project, now, days=30, state="GRANTED"):
    return project.exceptions.create(
        from_phase=project.phase, state=state, reason=LONG_REASON, missing="Ouders", repair="Via scholen",
        repair_by=(now + days * DAY).date(), asked_at=now, decided_at=now, granted_for=project.organisation,
    )  # fmt: skip


def answered(project, now, *, after=3, within=30, decision="ADOPTED", **fields):
    """Advice with an answer `after` days, for which there were `within` days."""
    advice = given_advice(
        project, state=fields.pop("state", AdviceState.RESPONDED), released_at=now,
        respond_by=(now + within * DAY).date(), **fields,
    )  # fmt: skip
    advice.responses.create(
        number=1, decision=decision, reason="Daarom.", promise="Folder", promised_by="arts",
        promised_for=now.date(), responded_at=now + after * DAY,
    )  # fmt: skip
    return advice


# --- Patients in phases ----------------------------------------------------------------------------------------------


def test_from_the_start_counts_projects_that_left_their_first_phase(now):
    with_patients, without, busy = ProjectFactory(), ProjectFactory(), ProjectFactory()
    for project in (with_patients, busy):
        held_meeting(project, representative(project))
    for project in (with_patients, without):
        go_on(project, Phase.EXPLORE, now)

    assert share("from_the_start") == (1, 2)


def test_project_that_began_later_is_measured_against_its_own_beginning(now):
    project = ProjectFactory(entry_phase=Phase.PILOT_WORKS, phase=Phase.PILOT_WORKS)
    held_meeting(project, representative(project))
    go_on(project, Phase.PILOT_VALUE, now)

    assert share("from_the_start") == (1, 1)


def test_project_that_ended_in_its_first_phase_counts_too(now):
    ProjectFactory(state="STOPPED", ended_at=now, ending_reason="Op.")

    assert share("from_the_start") == (0, 1)


def test_every_phase_means_each_that_is_over(now):
    whole, gap = ProjectFactory(), ProjectFactory()
    for project in (whole, gap):
        held_meeting(project, representative(project))
        go_on(project, Phase.EXPLORE, now)
    held_meeting(whole, whole.assignments.get())
    for project in (whole, gap):
        go_on(project, Phase.DEVELOP, now)

    assert share("in_every_phase") == (1, 2)


def test_exceptions_are_counted_and_listed(client, now):
    project = ProjectFactory(name="Breukkijker")
    go_on(project, Phase.EXPLORE, now, excepted(project, now, days=-3))
    go_on(project, Phase.DEVELOP, now)

    assert share("by_exception") == (1, 2)
    listed = soup(client.get(PAGE)).select_one("section[aria-labelledby=cijfer-by_exception] li")
    assert words(listed) == "Breukkijker ging zonder patiënten naar: Verkennen ▲ Te laat"
    assert project.get_absolute_url() in links(listed)


# --- Advice ----------------------------------------------------------------------------------------------------------


def test_overdue_without_an_answer_counts_as_late(now):
    project = ProjectFactory()
    answered(project, now - 40 * DAY, after=10)
    answered(project, now - 40 * DAY, after=31)
    given_advice(project, respond_by=(now - DAY).date())
    given_advice(project, respond_by=now.date())
    given_advice(project, respond_by=(now - DAY).date(), state=AdviceState.WAITING)

    assert share("in_time") == (1, 3)


def test_answer_on_the_last_day_is_in_time(now):
    answered(ProjectFactory(), now - 30 * DAY, after=30, within=30)

    assert share("in_time") == (1, 1)


def test_day_of_an_answer_is_that_of_amsterdam():
    late = datetime.datetime(2026, 11, 20, 22, 30, tzinfo=datetime.UTC)  # half past eleven at night
    answered(ProjectFactory(), late - 30 * DAY, after=30, within=30)

    assert share("in_time") == (1, 1)


@pytest.mark.parametrize(("days", "middle"), [([1], 1), ([1, 9], 1), ([2, 20, 4], 4), ([], None)])
def test_days_to_an_answer_is_the_middle_one(now, days, middle):
    project = ProjectFactory()
    for after in days:
        answered(project, now - 40 * DAY, after=after)
    given_advice(project)

    assert share("days_to_answer") == (middle, len(days))


def test_later_answer_changes_the_decision_and_not_the_time(now):
    advice = answered(ProjectFactory(), now - 40 * DAY, after=2, decision="NOT_ADOPTED")
    advice.responses.create(
        number=2, decision="PARTLY", reason="Toch.", promise="x", promised_by="arts", promised_for=now.date(),
        responded_at=now,
    )  # fmt: skip

    assert share("days_to_answer") == (2, 1)
    assert numbers("decisions") == {"ADOPTED": (0, 1), "PARTLY": (1, 1), "NOT_ADOPTED": (0, 1)}


def test_promises_have_a_part_for_each_verdict_and_for_none(now):
    project = ProjectFactory()
    for judgement in ("CONFIRMED", "CONFIRMED", "DISPUTED"):
        advice = answered(project, now, state=AdviceState.JUDGED)
        Verdict.objects.create(advice=advice, judgement=judgement, judged_at=now)
    answered(project, now, state=AdviceState.NO_VERDICT)
    answered(project, now, state=AdviceState.DONE)

    assert numbers("promises") == {"CONFIRMED": (2, 4), "PARTLY": (0, 4), "DISPUTED": (1, 4), "NONE": (1, 4)}


# --- Real, examples, organisations -----------------------------------------------------------------------------------


def test_examples_and_what_is_real_never_meet(client, now):
    real, example = ProjectFactory(), ProjectFactory(organisation__is_example=True, name="Sterrenkijker")
    answered(real, now)
    for _number in range(3):
        answered(example, now)
    go_on(example, Phase.EXPLORE, now, excepted(example, now))

    assert share("days_to_answer") == (3, 1)
    assert share("days_to_answer", examples=True) == (3, 3)
    assert "Sterrenkijker" not in client.get(PAGE).text
    page = words(soup(client.get(PAGE, {"voorbeelden": "ja"})).select_one("main"))
    assert "Dit zijn cijfers van verzonnen voorbeelden" in page
    assert "Sterrenkijker ging zonder patiënten" in page


def test_page_without_projects_leads_to_the_examples(client):
    ProjectFactory(organisation__is_example=True)

    main = soup(client.get(PAGE)).select_one("main")

    assert "Er is nog geen project." in words(main)
    assert f"{PAGE}?voorbeelden=ja" in links(main)


def test_organisation_has_its_own_figures_and_stands_by_name(client, now):
    willow = ProjectFactory(organisation__name="Wilg", organisation__sort_key="wilg")
    linden = ProjectFactory(organisation__name="Linde", organisation__sort_key="linde")
    answered(willow, now, after=1)
    answered(linden, now, after=9)

    page = soup(client.get(PAGE))
    rows = page.select("section[aria-labelledby=cijfer-days_to_answer] details tbody tr")
    assert [words(row) for row in rows] == ["Linde 9 dagen, over 1 antwoord", "Wilg 1 dag, over 1 antwoord"]
    alone = soup(client.get(PAGE, {"organisatie": willow.organisation.slug}))
    assert "1 dag, over 1 antwoord" in words(alone.select_one("section[aria-labelledby=cijfer-days_to_answer]"))
    assert alone.select("section.figure details") == []


def test_organisation_with_several_projects_has_its_figures(client, now):
    first = ProjectFactory()
    answered(first, now, after=2)
    answered(ProjectFactory(organisation=first.organisation), now, after=4)

    page = soup(client.get(PAGE, {"organisatie": first.organisation.slug}))

    assert "2 dagen, over 2 antwoorden" in words(page.select_one("section[aria-labelledby=cijfer-days_to_answer]"))


@pytest.mark.parametrize("query", [{"organisatie": "nergens"}, {"organisatie": "stil"}])
def test_organisation_without_figures_is_not_there(client, query):
    OrganisationFactory(slug="stil")
    ProjectFactory()

    assert client.get(PAGE, query).status_code == 404


def test_example_is_not_found_among_what_is_real(client):
    ProjectFactory(organisation__is_example=True, organisation__slug="verzonnen")

    assert client.get(PAGE, {"organisatie": "verzonnen"}).status_code == 404
    assert client.get(PAGE, {"organisatie": "verzonnen", "voorbeelden": "ja"}).status_code == 200


def test_every_figure_tells_how_it_is_counted_with_a_table_and_a_picture(client, now):
    project = ProjectFactory()
    held_meeting(project, representative(project))
    go_on(project, Phase.EXPLORE, now)

    page = soup(client.get(PAGE))

    for figure in FIGURES:
        section = page.select_one(f"section[aria-labelledby=cijfer-{figure.code}]")
        assert words(section.select_one("p")) == " ".join(str(figure.formula).split())
        assert section.select("table tbody tr")
    start = page.select_one("section[aria-labelledby=cijfer-from_the_start]")
    assert "1 van 1 project: 100%" in words(start)
    assert start.select_one("svg[role=img]")["aria-label"] == "100%"


def test_nobody_stands_in_the_figures(client, now):
    project = ProjectFactory()
    someone = representative(project, user=UserFactory(name="Geheime Naam", email="geheim@thuis.example"))
    held_meeting(project, someone)
    answered(project, now)
    go_on(project, Phase.EXPLORE, now)
    freeze_figures(now)

    for name in ("participation:figures", "participation-api:figures-csv", "participation-api:figures-json"):
        assert "eheim" not in client.get(reverse(name)).text


def test_number_of_queries_does_not_grow(client, now, django_assert_max_num_queries):
    for _number in range(6):
        project = ProjectFactory()
        held_meeting(project, representative(project))
        answered(project, now)
        go_on(project, Phase.EXPLORE, now, excepted(project, now))

    with django_assert_max_num_queries(18):
        client.get(PAGE)


def test_english_page_is_english(client, now):
    answered(ProjectFactory(), now)

    page = words(soup(client.get("/en" + PAGE)).select_one("main"))

    assert "How long does an answer take?" in page
    assert "3 days, for 1 answer" in page


# --- Working together ------------------------------------------------------------------------------------------------


def test_vacancies_that_ended_are_counted_and_one_withdrawn_is_not(now):
    for state in ("FILLED", "FILLED", "NOT_FILLED", "OPEN", "CLOSED"):
        VacancyFactory(state=state)
    withdrawn()

    assert share("vacancies_filled") == (2, 3)


def test_who_signed_before_the_first_meeting_is_counted_of_who_was_at_one(now):
    project = ProjectFactory()
    early = [representative(project, representative_signed_at=now - 9 * DAY, project_signed_at=now - 8 * DAY)
             for _n in range(FEWEST_PEOPLE)]  # fmt: skip
    late = representative(project)  # both signed today, the meeting was yesterday
    representative(project)  # was at no meeting
    held_meeting(project, *early, late)
    held_meeting(project, *early, starts_at=now - 20 * DAY, ends_at=now - 19 * DAY, state="CANCELLED")

    assert share("agreed_before_meeting") == (FEWEST_PEOPLE, FEWEST_PEOPLE + 1)


def test_group_of_people_who_met_is_hidden_when_it_is_small(now):
    project = ProjectFactory()
    held_meeting(project, *(representative(project) for _n in range(FEWEST_PEOPLE - 1)))

    assert share("agreed_before_meeting") == (None, None)


def answers(project, side, now, state="CLOSED", **counts):
    round_ = project.pulses.create(
        phase="IDEA", reason="HALF_YEAR", state=state, opened_at=now, closes_on=now.date(),
        closed_at=now if state == "CLOSED" else None,
    )  # fmt: skip
    for key, number in counts.items():
        question, value = key[1:].split("_")
        round_.counts.create(side=side, question=int(question), value=int(value), number=number)


def test_pulse_shows_both_sides_apart(now):
    project = ProjectFactory()
    answers(project, "PATIENTS", now, q1_4=3, q1_2=3, q2_5=6)
    answers(project, "TEAM", now, q1_3=4, q1_5=2)
    answers(project, "TEAM", now, state="OPEN", q1_1=9)

    assert numbers("pulse") == {"PATIENTS": (9, 12), "TEAM": (2, 6)}


# --- Small groups ----------------------------------------------------------------------------------------------------


def about(people):
    return Measured(rows=[Row(code="all", label="x", numerator=1, denominator=2, people=people)])


@given(st.dictionaries(st.integers(1, 6), st.integers(0, 12), max_size=6))
def test_group_of_fewer_than_five_is_never_shown_nor_found_by_taking_away(sizes):
    groups = {None: about(sum(sizes.values())), **{key: about(people) for key, people in sizes.items()}}

    shown = hide_small_groups(groups, FEWEST_PEOPLE)

    hidden = [people for key, people in sizes.items() if shown[key].rows[0].numerator is None]
    assert all(
        shown[key].rows[0].people == people for key, people in sizes.items() if people >= 5 and people not in hidden
    )
    assert all(shown[key].rows[0].numerator is None for key, people in sizes.items() if 0 < people < FEWEST_PEOPLE)
    if shown[None].rows[0].numerator is not None and any(0 < people < FEWEST_PEOPLE for people in sizes.values()):
        others = [key for key, people in sizes.items() if people]
        assert len(hidden) >= 2 or len(others) == 1


def test_row_about_no_people_is_never_hidden():
    assert hide_small_groups({None: about(None)}, FEWEST_PEOPLE)[None].rows[0].numerator == 1


# --- Frozen ----------------------------------------------------------------------------------------------------------


def test_figures_are_frozen_once_a_month(now):
    answered(ProjectFactory(), now)

    made = freeze_figures(now)

    of_projects = [one for one in FIGURES if one.subject == Subject.PROJECTS]
    assert made == len(FIGURES) + len(of_projects)  # all together, and one organisation, which has no money
    assert freeze_figures(now + DAY) == 0
    assert set(FigureSnapshot.objects.values_list("month_date", flat=True)) == {datetime.date(2026, 11, 1)}


def test_first_of_the_month_is_that_of_amsterdam():
    freeze_figures(datetime.datetime(2026, 11, 30, 23, 30, tzinfo=datetime.UTC))

    assert FigureSnapshot.objects.first().month_date == datetime.date(2026, 12, 1)


def test_examples_are_frozen_apart_and_shown_with_the_examples_only(client, now):
    example = ProjectFactory(organisation__is_example=True)
    answered(example, now, after=4)
    freeze_figures(now)

    real, invented = (FigureSnapshot.objects.filter(code="days_to_answer", is_example=one) for one in (False, True))
    assert list(real.values_list("organisation", flat=True)) == [None]
    assert real.get().rows == [{"code": "all", "numerator": None, "denominator": 0}]
    assert set(invented.values_list("organisation", flat=True)) == {None, example.organisation_id}
    with time_machine.travel(now + DAY, tick=False):
        page = words(soup(client.get(PAGE, {"voorbeelden": "ja"})).select_one("main"))
    assert "november 2026 4 dagen, over 1 antwoord" in page


def test_frozen_examples_are_in_no_file(client, now):
    answered(ProjectFactory(organisation__is_example=True, organisation__slug="verzonnen"), now, after=4)
    freeze_figures(now)

    rows = list(csv.DictReader(io.StringIO(client.get(reverse("participation-api:figures-csv")).text)))
    assert {(row["organisatie"], row["teller"]) for row in rows if row["cijfer"] == "days_to_answer"} == {("", "")}
    assert "verzonnen" not in client.get(reverse("participation-api:figures-json")).text


def test_without_examples_nothing_of_them_is_frozen(now):
    answered(ProjectFactory(), now)
    freeze_figures(now)

    assert not FigureSnapshot.objects.filter(is_example=True).exists()


def test_frozen_figure_stays_when_the_present_changes(client, now):
    project = ProjectFactory()
    answered(project, now, after=4)
    before = current_revision()
    freeze_figures(now)
    assert current_revision() > before

    with time_machine.travel(now + 20 * DAY, tick=False):
        answered(project, now, after=12)
        answered(project, now, after=12)
        freeze_figures(timezone.now())
        page = soup(client.get(PAGE))

    section = page.select_one("section[aria-labelledby=cijfer-days_to_answer]")
    series = [words(row) for row in section.select("details")[1].select("tbody tr")]
    assert series == ["november 2026 4 dagen, over 1 antwoord", "december 2026 12 dagen, over 3 antwoorden"]


def test_organisation_sees_its_own_months(client, now):
    first, second = ProjectFactory(), ProjectFactory()
    answered(first, now, after=4)
    answered(second, now, after=6)
    freeze_figures(now)

    page = soup(client.get(PAGE, {"organisatie": second.organisation.slug}))

    assert words(page.select_one("section[aria-labelledby=cijfer-days_to_answer] details tbody tr")).startswith(
        "november 2026 6 dagen"
    )


# --- Files -----------------------------------------------------------------------------------------------------------


def test_csv_has_a_line_for_each_part_now_and_by_month(client, now):
    project = ProjectFactory(organisation__slug="de-linde")
    answered(project, now, decision="PARTLY")
    freeze_figures(now)

    response = client.get(reverse("participation-api:figures-csv"))

    rows = list(csv.DictReader(io.StringIO(response.text)))
    found = {
        (r["maand"], r["organisatie"], r["deel"]): (r["teller"], r["noemer"])
        for r in rows
        if r["cijfer"] == "decisions"
    }
    assert found[("nu", "", "PARTLY")] == found[("2026-11", "de-linde", "PARTLY")] == ("1", "1")
    assert len(found) == 12  # two months, two groups, three parts
    assert response.headers["Content-Disposition"] == 'attachment; filename="cijfers.csv"'


def test_json_holds_the_same_and_how_it_is_counted(client, now):
    ProjectFactory(organisation__is_example=True, organisation__slug="verzonnen")
    answered(ProjectFactory(organisation__slug="de-linde"), now)
    freeze_figures(now)

    told = client.get(reverse("participation-api:figures-json")).json()

    assert [one["code"] for one in told["figures"]] == [figure.code for figure in FIGURES]
    assert all(one["formula"] for one in told["figures"])
    lines = told["figures"][4]["lines"]
    assert [(line["month"], line["organisation"]) for line in lines] == [
        ("nu", None), ("nu", "de-linde"), ("2026-11", None), ("2026-11", "de-linde"),
    ]  # fmt: skip
    assert lines[0]["rows"] == [{"code": "all", "numerator": 3, "denominator": 1}]
