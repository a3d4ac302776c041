"""Which pages of participation stand on whose road: a journey fails when it does not come by all of its pages."""

OF_REPRESENTATIVE = {
    "vacancies", "vacancy", "candidacy-new", "candidacy-sent", "candidacy-link", "candidacy-new-link", "my-candidacy",
    "candidate", "deelname", "profile", "put-forward-list", "put-forward", "role-offer", "sign-by-link", "assignment",
    "agreement", "interests", "participants", "work-project", "work-projects", "meetings", "meeting-new",
    "meeting-edit", "meeting", "meeting-held", "meeting-answer-link", "meeting-mine", "meeting-paper", "tasks",
    "messages", "digest-stop", "my-advice", "advice-give", "my-advice-one", "my-verdict", "work-advice",
    "work-advice-one", "advice-type-out", "project", "advice", "project-end", "pulse", "my-data", "my-data-leave",
    "erased",
}  # fmt: skip
OF_LEAD = {
    "work-projects", "project-new", "project-edit", "work-project", "project-people", "interests", "project-vacancies",
    "vacancy-new", "vacancy-edit", "work-vacancy", "vacancy", "project-gate", "account", "project-end", "project",
}  # fmt: skip
OF_FUND = {"project-exception", "programme-new", "programme-edit"}
OF_CLAIMANT = {
    "my-money", "money-choice", "claim-new", "claim-for-meeting", "claim", "claim-edit", "money-organisation",
    "invoice-new", "claims-on-paper", "claim-type-out",
}  # fmt: skip
# Public pages that have journeys of their own, forms that are sent, files and feeds.
NO_PAGES = {
    "projects", "programmes", "programme", "figures", "vacancies-feed", "project-language", "agreement-link",
    "agreement-pdf", "buddy-answer", "assignment-step", "my-advice-step", "meeting-answer", "meeting-calendar",
    "my-copy", "my-consent", "account-step", "project-person-remove", "role-offer-withdraw", "participant-step",
    "interest-decide", "project-hand-over", "project-gate-step", "project-exception-step", "work-advice-step",
    "candidate-step", "vacancy-step", "meeting-paper-add", "meeting-paper-remove", "meeting-step", "task-step",
    "digest-rhythm", "message-take-back", "claim-receipt-add", "claim-step", "receipt",
    "receipt-remove",
}  # fmt: skip
