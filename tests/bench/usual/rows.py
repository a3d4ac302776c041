"""The columns of the baseline from the content of an entry."""

from typing import Any

TEXTS = ("purpose", "for_whom", "effect_on_you", "told_how", "data_used", "data_storage", "data_shared_with",
         "who_decides", "risks", "monitoring", "complain_how", "how_it_works", "considerations",
         "fallback")  # fmt: skip
CODES = ("use_kind", "ai_kind", "talks_to_patient", "leaves_eu", "used_to_improve_ai", "output_role", "medical_device",
         "ce_class", "status")  # fmt: skip


def columns(content: dict[str, Any]) -> dict[str, str]:
    """What a row holds of `content`, by column; not its slug, moment and relations."""
    texts = {key: content[key] for key in ("name", "summary", "tags", "start_month", *TEXTS)}
    codes = {key: content.get(key, "") for key in CODES}
    return texts | codes | {
        "product_maker": content["provider"],
        "can_refuse": content["can_refuse"]["answer"], "can_refuse_text": content["can_refuse"]["text"],
        "participation": content["participation"]["answer"], "participation_text": content["participation"]["text"],
    }  # fmt: skip
