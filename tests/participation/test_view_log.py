"""Who looked at the data of a representative: one row a day, by role and organisation, and no look without a row."""

import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from participation.actions.consents import give_consent, withdraw_consent
from participation.actions.viewings import record_viewing
from participation.models import Assignment, ConsentKind, Profile, Project, Seen, TeamMember, ViewerRole, Viewing
from participation.vacancy_permissions import about_organisation
from participation.view_log import saw
from portal.core.after_reading import after_reading
from portal.organisations.models import OrganisationKind
from portal.organisations.roles import Role
from portal.urls import handler403, handler404, handler500
from portal.urls import urlpatterns as real_urlpatterns
from tests.factories.organisations import OrganisationFactory
from tests.factories.participation import ProjectFactory, representative
from tests.factories.people import UserFactory, member, with_factor

__all__ = ["handler403", "handler404", "handler500"]  # Django asks the urlconf for them


def look(request, pk):
    one = Assignment.objects.select_related("user", "project__organisation__parent").get(pk=pk)
    saw(request, one.user, Seen.ASSIGNMENT, one.project)
    if "geweigerd" in request.GET:
        raise PermissionDenied
    return HttpResponse("gegevens", status=422 if request.method == "POST" else 200)


def unmarked(request, pk):
    after_reading(request, print, what="x")
    return HttpResponse("gegevens")


urlpatterns = [
    *real_urlpatterns,
    path("werk/kijk/<int:pk>/", look, name="look"),
    path("werk/ongemerkt/<int:pk>/", unmarked, name="unmarked"),
]
pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


@pytest.fixture
def world(now):
    project = ProjectFactory()
    one = representative(project)
    colleague = with_factor(UserFactory())
    TeamMember.objects.create(project=project, user=colleague, function="arts", since=now)
    elsewhere = OrganisationFactory(verified_at=now)
    return SimpleNamespace(
        project=project, one=one, address=f"/werk/kijk/{one.pk}/",
        people={
            "lead": project.lead, "coordinator": member(project.patient_side, Role.COORDINATOR),
            "decider": member(project.organisation, Role.GATE_DECIDER), "colleague": colleague,
            "representative": representative(project).user, "elsewhere": member(elsewhere, Role.EDITOR),
        },
        elsewhere=elsewhere,
    )  # fmt: skip


def looks(client, world, person, **query):
    client.force_login(world.people[person])
    return client.get(world.address, query)


@pytest.mark.parametrize(
    ("person", "role", "organisation"),
    [("lead", "LEAD", "own"), ("coordinator", "COORDINATOR", "patients"), ("decider", "DECIDER", "own"),
     ("colleague", "TEAM", "own"), ("representative", "REPRESENTATIVE", None), ("elsewhere", "OTHER", "elsewhere")],
)  # fmt: skip
def test_row_tells_as_whom_somebody_looked(client, world, person, role, organisation):
    looks(client, world, person)

    row = Viewing.objects.get()
    named = {"own": world.project.organisation, "patients": world.project.patient_side, "elsewhere": world.elsewhere}
    assert (row.role, row.organisation) == (role, named.get(organisation))
    assert (row.subject, row.viewer, row.what, row.project) == (
        world.one.user, world.people[person], "ASSIGNMENT", world.project,
    )  # fmt: skip


def test_coordinator_of_the_expertise_centre_stands_in(client, world, now):
    Project.objects.update(patient_side=None)
    centre = OrganisationFactory(kind=OrganisationKind.EXPERTISE_CENTRE, verified_at=now)
    world.people["centre"] = member(centre, Role.COORDINATOR)

    looks(client, world, "centre")

    assert (Viewing.objects.get().role, Viewing.objects.get().organisation) == ("COORDINATOR", centre)


def test_second_look_on_a_day_is_no_second_row(client, world):
    for _look in range(3):
        looks(client, world, "lead")

    assert Viewing.objects.count() == 1


def test_look_on_the_next_day_is(client, world, now):
    looks(client, world, "lead")
    with time_machine.travel(now + datetime.timedelta(days=1), tick=False):
        looks(client, world, "lead")

    assert Viewing.objects.count() == 2


def test_each_viewer_has_a_row_and_so_has_each_kind_of_page(client, world, now):
    looks(client, world, "lead")
    looks(client, world, "coordinator")
    record_viewing(
        subjects=[world.one.user], by=world.project.lead, role=ViewerRole.LEAD, organisation=None, project=None,
        what=Seen.PROFILE, now=now,
    )  # fmt: skip

    assert Viewing.objects.count() == 3


def test_own_data_are_no_look(client, world):
    client.force_login(world.one.user)
    client.get(world.address)

    assert not Viewing.objects.exists()


def test_person_who_was_erased_is_no_subject(client, world):
    Assignment.objects.filter(pk=world.one.pk).update(user=None)

    assert looks(client, world, "lead").status_code == 200
    assert not Viewing.objects.exists()


def test_refused_page_showed_nothing(client, world):
    assert looks(client, world, "lead", geweigerd="1").status_code == 403
    assert not Viewing.objects.exists()


def test_page_that_comes_back_with_a_fault_showed_it_too(client, world):
    client.force_login(world.project.lead)

    assert client.post(world.address).status_code == 422
    assert Viewing.objects.count() == 1


def test_page_is_not_shown_when_the_row_cannot_be_written(client, world, monkeypatch):
    def fails(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(Viewing.objects, "bulk_create", fails)
    client.raise_request_exception = False

    assert looks(client, world, "lead").status_code == 500


def test_only_a_marked_function_may_write_after_reading(client, world):
    client.force_login(world.project.lead)

    with pytest.raises(TypeError, match="print may not write"):
        client.get(f"/werk/ongemerkt/{world.one.pk}/")


def test_the_view_log_is_the_only_thing_that_is_written_after_reading():
    packages = (Path(settings.BASE_DIR) / name for name in ("portal", "transparency", "participation"))
    sources = {path: path.read_text(encoding="utf-8") for package in packages for path in package.rglob("*.py")}

    assert [path.name for path, text in sources.items() if "\n@written_after_reading(" in text] == ["viewings.py"]


def test_day_is_that_of_amsterdam(client, world):
    late = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)
    with time_machine.travel(late, tick=False):
        looks(client, world, "lead")

    assert Viewing.objects.get().seen_date == timezone.localdate(late) == datetime.date(2026, 11, 23)


# --- The pages of a coordinator: every page that shows a person is asked in test_markers.py --------------------------


def _put_forward(world, user, now):
    Profile.objects.create(user=user, organisation=world.project.patient_side, about="Ik was kok.", used_at=now)
    give_consent(kind=ConsentKind.PUT_FORWARD, by=user, now=now, about=about_organisation(world.project.patient_side))


def test_coordinator_who_may_put_somebody_forward_sees_what_they_bring(client, world, now):
    user = world.one.user
    _put_forward(world, user, now)
    consent = give_consent(kind=ConsentKind.PERSPECTIVE, by=user, now=now)
    consent.perspectives.create(text="astma")
    client.force_login(world.people["coordinator"])

    page = client.get(reverse("participation:put-forward-list"))
    withdraw_consent(consent=consent, by=user, now=now)

    assert "Ik was kok." in page.text
    assert "astma" in page.text
    assert "astma" not in client.get(reverse("participation:put-forward-list")).text
