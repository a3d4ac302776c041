"""Generated entries: number i of a seed is the same text on every machine, 400 to 900 words in about 35 fields."""

import random
from typing import Any
from uuid import UUID

from tests.bench.sentences import ENDINGS, MOMENTS, PEOPLE, SYLLABLES, TEXTS, TOPICS

RARE = len(SYLLABLES) ** 2 * len(ENDINGS)  # words of which every entry has two: one entry in 500 has a given one
LONGEST = {
    "purpose": 1200,
    "risks": 2500,
    "data_used": 2500,
}  # characters; of the others 600, see transparency/fields.py
SETTINGS = ("GP", "EMERGENCY", "RADIOLOGY", "CARDIOLOGY", "NEUROLOGY", "DERMATOLOGY", "ONCOLOGY", "HOME_CARE", "OFFICE")
BODY_PARTS = ("HEAD", "EYES", "HEART", "LUNGS", "BELLY", "BONES", "SKIN", "BLOOD", "MIND", "WHOLE_BODY")
REASONS = ("QUESTION", "SCAN", "RESULT", "EMERGENCY", "OPERATION", "CHRONIC", "MEDICINES", "APPOINTMENT")
USES = ("COMMUNICATION", "FIRST_CONTACT", "DIAGNOSIS_SUPPORT", "TREATMENT_CHOICE", "HOSPITAL_DIAGNOSIS",
        "HOSPITAL_PREDICTION", "SUMMARY", "ADMINISTRATION")  # fmt: skip
STATUSES = ("IN_USE", "IN_USE", "IN_USE", "IN_USE", "PILOT", "PLANNED", "PAUSED")
ANSWERS = ("YES", "YES", "PARTLY", "NO")
DEVICES = ({"medical_device": "MDR", "ce_class": "IIA"}, {"medical_device": "MDR", "ce_class": "IIB"},
           {"medical_device": "MDR", "ce_class": "I"}, {"medical_device": "NO"})  # fmt: skip


def entry_uuid(number: int) -> UUID:
    """The uuid of entry `number`."""
    return UUID(int=3 << 64 | number)


def rare_word(number: int) -> str:
    """One of RARE invented words, none the start of another."""
    first, rest = divmod(number % RARE, len(SYLLABLES) * len(ENDINGS))
    second, third = divmod(rest, len(ENDINGS))
    return SYLLABLES[first] + SYLLABLES[second] + ENDINGS[third]


def _text(dice: random.Random, key: str, topics: list[str]) -> str:
    sentences = dice.sample(TEXTS[key], dice.randint(max(1, len(TEXTS[key]) - 2), len(TEXTS[key])))
    filled = [
        sentence.format(t=topics[0], u=topics[1], p=dice.choice(PEOPLE), m=dice.choice(MOMENTS), n=dice.randint(2, 90))
        for sentence in sentences
    ]
    return " ".join(filled)[: LONGEST.get(key, 600)]


def _codes(dice: random.Random, codes: tuple[str, ...]) -> list[str]:
    return sorted(dice.sample(codes, dice.randint(1, 2)))


def content(seed: int, number: int) -> dict[str, Any]:
    """The content of entry `number`: every answer that publication asks for, and more."""
    dice = random.Random(f"{seed}-{number}")
    topics = dice.sample(TOPICS, 2)
    rare = [rare_word(dice.randrange(RARE)) for _ in range(2)]
    texts = {key: _text(dice, key, topics) for key in TEXTS}
    group = {
        "group": "Kinderen",
        "text": f"Bij hen is {topics[0]} anders.",
        "figure": f"Van de 100: {dice.randint(2, 30)}",
    }
    return {
        "name": f"{topics[0].capitalize()}kijker {rare[0]} {number}",
        "summary": f"De computer kijkt mee bij {topics[0]} en {topics[1]}. De {dice.choice(PEOPLE)} beslist zelf.",
        "use_kind": dice.choice(USES),
        "care_setting": _codes(dice, SETTINGS),
        "body_parts": _codes(dice, BODY_PARTS),
        "visit_reasons": _codes(dice, REASONS),
        "ai_kind": dice.choice(("RULES", "LEARNING", "GENERATIVE")),
        "talks_to_patient": dice.choice(("YES", "NO")),
        **texts,
        "how_it_works": f"{texts['how_it_works']} De eerste versie heette {rare[1]}.",
        "works_less_well_for": [group],
        "leaves_eu": dice.choice(("YES", "NO")),
        "used_to_improve_ai": dice.choice(("YES", "NO")),
        "output_role": dice.choice(("INFORMS", "ADVISES", "ORDERS")),
        "can_override": {"answer": "YES", "text": "De arts mag altijd iets anders doen."},
        "can_refuse": {"answer": dice.choice(ANSWERS), "text": "Zeg het aan de balie. U krijgt dezelfde zorg."},
        "contact_public": "vragen@voorbeeld.example",
        "participation": {
            "answer": dice.choice(ANSWERS),
            "text": f"Mensen met {topics[1]} dachten mee over de uitleg.",
        },
        **dice.choice(DEVICES),
        "ai_act_route": "MDR_CLASS",
        "provider": f"Voorbeeldmaker {number % 50}",
        "status": dice.choice(STATUSES),
        "start_month": f"20{dice.randint(19, 26)}-{dice.randint(1, 9):02}",
        "next_review_date": f"20{dice.randint(27, 29)}-0{dice.randint(1, 9)}-01",
        "tags": f"{topics[0]}, {topics[1]}, voorbeeld",
    }
