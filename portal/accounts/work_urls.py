"""Addresses in the workspace about organisations, their people, and the portal itself."""

from django.urls import path

from portal.accounts.views import money_roles, organisation, portal

urlpatterns = [
    path("organisatie/", organisation.organisations, name="organisations"),
    path("organisatie/<slug:slug>/", organisation.organisation, name="organisation"),
    path("organisatie/<slug:slug>/controle/", organisation.ask_verification, name="organisation-ask"),
    path("organisatie/<slug:slug>/mensen/", organisation.people_page, name="organisation-people"),
    path("organisatie/<slug:slug>/mensen/<int:pk>/", organisation.person, name="organisation-person"),
    path("organisatie/<slug:slug>/mensen/<int:pk>/weg/", organisation.remove_person, name="organisation-remove"),
    path("organisatie/<slug:slug>/rollen/<int:pk>/<slug:step>/", money_roles.decide, name="organisation-role"),
    path("organisatie/<slug:slug>/uitnodigingen/<int:pk>/opnieuw/", organisation.invite_again, name="invitation-again"),
    path(
        "organisatie/<slug:slug>/uitnodigingen/<int:pk>/intrekken/",
        organisation.withdraw_invitation,
        name="invitation-withdraw",
    ),
    path("organisatie/<slug:slug>/aanmelden/", organisation.own_sign_in, name="organisation-sign-in"),
    path("organisatie/<slug:slug>/aanmelden/weg/", organisation.forget_own_sign_in, name="organisation-sign-in-forget"),
    path("portaal/organisaties/", portal.organisations, name="portal-organisations"),
    path("portaal/organisaties/<slug:slug>/", portal.organisation, name="portal-organisation"),
    path("portaal/organisaties/<slug:slug>/controleren/", portal.verify, name="portal-verify"),
    path("portaal/organisaties/<slug:slug>/terugnemen/", portal.take_back, name="portal-take-back"),
    path("portaal/organisaties/<slug:slug>/beheerder/", portal.invite_administrator, name="portal-invite"),
    path("portaal/organisaties/<slug:slug>/rollen/<int:pk>/<slug:step>/", money_roles.decide_for_portal,
         name="portal-role"),
    path("portaal/mensen/", portal.people, name="portal-people"),
    path("portaal/voorstellen/<int:pk>/goedkeuren/", portal.confirm, name="portal-confirm"),
    path("portaal/voorstellen/<int:pk>/weg/", portal.withdraw, name="portal-withdraw"),
    path("portaal/rollen/<int:pk>/weg/", portal.end_duty, name="portal-end-duty"),
]  # fmt: skip
