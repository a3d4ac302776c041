"""What search engines read of a page: schema.org as JSON-LD, only with what the entry itself says."""

import json
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.organisations.models import Organisation, OrganisationKind
from transparency.api.documents import moment
from transparency.document import translated
from transparency.models import Entry, SystemVersion, Version

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
KINDS = {OrganisationKind.HOSPITAL: "Hospital", OrganisationKind.UNIVERSITY_HOSPITAL: "Hospital",
         OrganisationKind.PHARMACY: "Pharmacy", OrganisationKind.GP_PRACTICE: "MedicalClinic",
         OrganisationKind.CLINIC: "MedicalClinic"}  # fmt: skip
# In a page of HTML these would end the block or begin something else.
_UNSAFE = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def as_block(document: dict[str, Any]) -> SafeString:
    """`document` as a data block: no script, so a browser runs nothing and the security policy has no say (ADR 12)."""
    text = json.dumps(document, ensure_ascii=False).translate(_UNSAFE)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 (escaped above)


def entry_block(entry: Entry, version: Version, address: str) -> SafeString:
    """The page of an entry at `address`. Nothing of an example: it is not real."""
    if entry.organisation.is_example:
        return SafeString("")
    page = _page(version, address)
    page["about"]["provider"] = _organisation(entry.organisation)
    return as_block(page)


def system_block(version: SystemVersion, address: str) -> SafeString:
    """The page of a product at `address`."""
    return as_block(_page(version, address))


def _page(version: Version | SystemVersion, address: str) -> dict[str, Any]:
    content = version.content
    name, summary = translated(content, "name")[0], translated(content, "summary")[0]
    product: dict[str, Any] = {"@type": "SoftwareApplication", "name": name, "applicationCategory": "HealthApplication"}
    if summary:
        product["description"] = summary
    if content.get("product_url"):
        product["url"] = content["product_url"]
    if content.get("provider"):
        product["creator"] = {"@type": "Organization", "name": content["provider"]}
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": name,
        "inLanguage": get_language() or "nl",
        "dateModified": moment(version.published_at),
        "isAccessibleForFree": True,
        "license": CC0,
        "about": product,
    }


def _organisation(organisation: Organisation) -> dict[str, Any]:
    kind = KINDS.get(OrganisationKind(organisation.kind), "Organization")
    place = {"address": {"@type": "PostalAddress", "addressLocality": organisation.place, "addressCountry": "NL"}}
    return {"@type": kind, "name": organisation.name} | (place if organisation.place else {})
