"""What people on a project ask of each other: the list, a new task, done with one click."""

import uuid
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from participation.actions import tasks as actions
from participation.message_forms import TaskForm
from participation.models import Project, ProjectTask
from participation.people import People
from participation.states import ProjectState, TaskState
from participation.together_permissions import can_cancel_task, can_finish_task
from participation.views.meetings import shared_project
from participation.views.project_common import GET_OR_POST
from portal.core.private import only_post

MOST_OVER = 30  # tasks that are done, in the list


@GET_OR_POST
def tasks(request: HttpRequest, slug: str) -> HttpResponse:
    """Every task of the project; by POST a new one."""
    project = shared_project(request.user, slug)
    people = People(project)
    form = TaskForm(request.POST or None, people=people.working(), initial={"key": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        key = form.cleaned_data.get("key") or uuid.uuid4()
        try:
            if not project.tasks.filter(uuid=key).exists():  # else a second click
                actions.ask_task(
                    project=project, what=form.cleaned_data["what"], doer=form.chosen_doer(),
                    due=form.cleaned_data["due"], by=request.user, now=timezone.now(), uuid=key,
                )  # fmt: skip
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, _("De taak staat erbij."))
            return redirect("participation:tasks", slug)
    return _page(request, project, people, form)


def _page(request: HttpRequest, project: Project, people: People, form: TaskForm) -> HttpResponse:
    today = timezone.localdate()
    found = project.tasks.select_related("doer", "asked_by")
    still_open = found.filter(state=TaskState.OPEN).order_by("due_date", "pk")
    for one in still_open:
        one.project = project
    context = {
        "project": project,
        "form": form,
        "open": [
            {
                "task": task, "doer": people.label_of(task.doer_id), "asked_by": people.label_of(task.asked_by_id),
                "is_late": task.due_date < today, "can_finish": can_finish_task.ok(request.user, task),
                "can_cancel": can_cancel_task.ok(request.user, task),
            }
            for task in still_open
        ],
        "over": [(task, people.label_of(task.doer_id)) for task in
                 found.exclude(state=TaskState.OPEN).order_by("-ended_at", "-pk")[:MOST_OVER]],
        "may_ask": project.state == ProjectState.RUNNING,
    }  # fmt: skip
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.is_bound and form.errors else HTTPStatus.OK
    return render(request, "participation/task_list.html", context, status=status)


@only_post
def take_step(request: HttpRequest, slug: str, key: uuid.UUID, step: str) -> HttpResponse:
    """Say that a task is done, or not needed any more."""
    project = shared_project(request.user, slug)
    task = get_object_or_404(ProjectTask.objects.select_related("asked_by"), project=project, uuid=key)
    task.project = project
    if step == "klaar":
        actions.finish_task(task=task, by=request.user, now=timezone.now())
        messages.success(request, _("Gedaan. Dank u wel."))
    elif step == "hoeft-niet":
        actions.cancel_task(task=task, by=request.user, now=timezone.now())
        messages.success(request, _("De taak hoeft niet meer."))
    else:
        raise Http404
    return redirect("participation:tasks", slug)
