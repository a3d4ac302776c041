"""Which national key and which of our keys belong together: one table for both ways."""

from dataclasses import dataclass

EXPLANATION = "Toelichting op de toetsen"  # the title of the row that holds the national text about assessments


@dataclass(frozen=True, kw_only=True)
class Rule:
    """How one national key and our keys belong together.

    `main` is our key for the value itself; `parts` are answers of ours under sub-headings in it, in this order.
    """

    key: str
    main: str
    parts: tuple[str, ...] = ()

    @property
    def ours(self) -> tuple[str, ...]:
        """Every key of ours that this national value is made of."""
        return (self.main, *self.parts)


def _rule(key: str, main: str, *parts: str) -> Rule:
    return Rule(key=key, main=main, parts=parts)


RULES: tuple[Rule, ...] = (
    _rule("name", "name"),
    _rule("description_short", "summary"),
    _rule("category", "theme"),
    _rule("status", "status"),
    _rule("begin_date", "start_month"),
    _rule("end_date", "end_month"),
    _rule("contact_email", "contact_public"),
    _rule("website", "public_page_url"),
    _rule("publication_category", "ar_publication_category"),
    _rule("goal", "purpose", "effect_on_you", "for_whom"),
    _rule("proportionality", "considerations", "participation", "participation_steps"),
    _rule("human_intervention", "who_decides", "output_role", "can_override", "can_switch_off", "fallback",
          "staff_training", "told_how", "object_how"),
    _rule("risks", "risks", "not_for_whom", "works_less_well_for", "performance_plain", "monitoring",
          "last_checked_on"),
    _rule("lawful_basis", "legal_basis", "legal_basis_links"),
    _rule("lawful_basis_grouping", "legal_basis_links"),
    _rule("process_index_url", "processing_register_url"),
    _rule("impacttoetsen_grouping", "assessments"),
    _rule("impacttoetsen", "assessments", "medical_device"),
    _rule("source_data", "data_used", "training_data", "data_storage", "data_shared_with", "leaves_eu",
          "used_to_improve_ai", "data_sources"),
    _rule("source_data_grouping", "data_sources"),
    _rule("methods_and_models", "technical", "how_it_works", "ai_kind", "evidence"),
    _rule("provider", "provider", "developed_in_house"),
    _rule("publiccode", "source_code_url"),
    _rule("tags", "tags", "care_setting", "body_parts", "visit_reasons", "departments", "locations"),
)  # fmt: skip
# What makes a record this one and no other: `identity` and `exporting` fill these.
IDENTITY = frozenset({"organization", "url", "lang", "standard_version", "source_id", "lars", "publication_dt"})
NOT_IN_STANDARD = frozenset({
    "use_kind", "talks_to_patient", "home_use", "people_per_year", "close_ones", "in_patient_record", "can_refuse",
    "consent_asked", "contact_phone", "contact_name_role", "explain_contact", "complain_how", "data_rights_url",
    "explainable", "local_validation", "ce_class", "notified_body", "certificate_no", "certificate_expiry", "udi_di",
    "eudamed_url", "ai_act_route", "eu_db_provider_url", "eu_db_deployer_url", "provider_kvk", "provider_country",
    "product_version", "product_url", "instructions_url", "stop_reason", "next_review_date", "sources",
})  # fmt: skip
