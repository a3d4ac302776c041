"""The API of participation: projects, for everybody."""

import uuid

from django.http import Http404, HttpResponse
from rest_framework.request import Request

from participation.api.documents import documents_of, readable
from participation.api.lists import project_parameters, projects
from participation.models import Project
from portal.api.parameters import read
from portal.api.views import OpenView, answer, as_json, page_answer


class Projects(OpenView):
    """Projects that fit the filters of the address."""

    def get(self, request: Request) -> HttpResponse:
        """One page."""
        asked = read(project_parameters(), request.query_params)
        return page_answer(request, asked, projects(asked))


class OneProject(OpenView):
    """One project, also an example or one that ended."""

    def get(self, request: Request, key: uuid.UUID) -> HttpResponse:
        """Its document."""
        read((), request.query_params)
        found = list(readable(Project.objects.filter(uuid=key)))
        if not found:
            raise Http404
        return answer(as_json(documents_of(found)[0]))
