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
OF_MONEY = OF_CLAIMANT | {
    "work-funds", "fund-new", "work-fund", "fund-edit", "fund-plan",
    "fund-step", "budget-new", "work-budget", "budget-step", "budget-promise-step", "commitments", "commitment-ask",
    "commitment-step", "money-claim-account", "money-work", "money-check", "money-approve", "money-approved",
    "money-work-claim", "money-pay", "money-payer", "money-payer-account", "money-batch", "funds", "rates", "fund",
}  # fmt: skip
# Public pages that have journeys of their own, forms that are sent, files and feeds.
NO_PAGES = {
    "projects", "programmes", "programme", "figures", "vacancies-feed", "project-language", "agreement-link",
    "agreement-pdf", "buddy-answer", "assignment-step", "my-advice-step", "meeting-answer", "meeting-calendar",
    "my-copy", "my-consent", "account-step", "project-person-remove", "role-offer-withdraw", "participant-step",
    "interest-decide", "project-hand-over", "project-gate-step", "project-exception-step", "work-advice-step",
    "candidate-step", "vacancy-step", "meeting-paper-add", "meeting-paper-remove", "meeting-step", "task-step",
    "digest-rhythm", "message-take-back", "claim-step", "claim-receipt-add", "receipt", "receipt-remove",
    "money-claim-step", "money-receipt", "money-batch-make", "money-batch-file", "money-batch-failed",
    "money-batch-step",
}  # fmt: skip
