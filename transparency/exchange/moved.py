"""Where the answers of older versions of the national standard stand in version 1.0."""

# Texts that 1.0 no longer has a field for: where they go, under which heading.
MOVED = {
    "impact": ("goal", "Impact"),
    "decision_making_process": ("human_intervention", "Proces"),
    "competent_authority": ("human_intervention", "Bevoegde autoriteit"),
    "objection_procedure": ("human_intervention", "Bezwaarprocedure"),
    "monitoring": ("risks", "Monitoring"),
    "performance_standard": ("risks", "Prestatienormen"),
    "revision_date": ("risks", "Herzieningsdatum"),
    "mprd": ("source_data", "Koppeling met basisregistraties"),
    "description": ("methods_and_models", "Omschrijving"),
    "application_url": ("methods_and_models", "Link naar ontwikkelaar"),
    "documentation": ("methods_and_models", "Link naar projectpagina"),
    "iama": ("impacttoetsen", "Mensenrechtentoets (IAMA)"),
    "iama_description": ("impacttoetsen", "Uitleg bij de mensenrechtentoets"),
    "dpia": ("impacttoetsen", "Data Protection Impact Assessment (DPIA)"),
    "dpia_description": ("impacttoetsen", "Uitleg bij de DPIA"),
}
# Answers that became search words.
TO_TAGS = ("department", "area")
# Lists of titles and links: where a title without its link is told.
TEXT_OF = {
    "lawful_basis_grouping": "lawful_basis",
    "impacttoetsen_grouping": "impacttoetsen",
    "source_data_grouping": "source_data",
}
# The kind of AI, under its heading, by the words that the versions used for it.
KIND_HEADING = "Soort AI"
KINDS = {
    "Leert van voorbeelden": {"ja", "zelflerend", "self learning", "supervised learning", "lerend", "machine learning"},
    "Vaste regels": {"nee", "regelgebaseerd", "op regels gebaseerd", "rule based", "rules based"},
}
