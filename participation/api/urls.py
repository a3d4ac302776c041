"""Addresses of participation for machines: the same in every language. An address, once public, never changes."""

from functools import partial

from django.urls import path

from participation.api import advice, funds, projects, vacancies
from participation.views import figures
from portal.api.version import PATH
from portal.core.public import ANY_QUERY, public_page

app_name = "participation-api"

_V1 = PATH.removeprefix("/")
_open = partial(public_page, query=ANY_QUERY)  # a key that we do not know is a 400

urlpatterns = [
    path(f"{_V1}/projecten", _open(projects.Projects.as_view()), name="projects"),
    path(f"{_V1}/projecten/<uuid:key>", _open(projects.OneProject.as_view()), name="project"),
    path(f"{_V1}/vacatures", _open(vacancies.Vacancies.as_view()), name="vacancies"),
    path(f"{_V1}/vacatures/<uuid:key>", _open(vacancies.OneVacancy.as_view()), name="vacancy"),
    path(f"{_V1}/adviezen", _open(advice.AdviceList.as_view()), name="advice-list"),
    path(f"{_V1}/adviezen/<uuid:key>", _open(advice.OneAdvice.as_view()), name="advice"),
    path(f"{_V1}/fondsen", _open(funds.Funds.as_view()), name="funds"),
    path(f"{_V1}/fondsen/<uuid:key>", _open(funds.OneFund.as_view()), name="fund"),
    path("downloads/geld.csv", funds.money_csv, name="money-csv"),
    path("cijfers/cijfers.csv", figures.figures_csv, name="figures-csv"),
    path("cijfers/cijfers.json", figures.figures_json, name="figures-json"),
]
