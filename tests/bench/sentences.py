"""The words and sentences of generated entries: plain Dutch about care, nothing about a real product or provider."""

TOPICS = (
    "hart", "longen", "huid", "ogen", "nieren", "botten", "darmen", "borsten", "hersenen", "bloed", "tanden", "rug",
    "knie", "heup", "prostaat", "lever", "slaap", "suikerziekte", "astma", "koorts", "hoofdpijn", "duizeligheid",
    "vergeetachtigheid", "depressie", "zwangerschap", "bloeddruk", "ontsteking", "operatie", "medicijnen", "verwijzing",
    "afspraak", "röntgenfoto", "echo", "scan", "hartfilmpje", "wond", "val", "pijn", "benauwdheid", "allergie",
)  # fmt: skip
PEOPLE = (
    "arts", "huisarts", "verpleegkundige", "radioloog", "apotheker", "assistente", "specialist", "verloskundige",
    "fysiotherapeut", "behandelaar",
)  # fmt: skip
MOMENTS = (
    "bij de intake", "voor de afspraak", "na het onderzoek", "tijdens de nacht", "bij de controle", "op de spoedpost",
    "op de polikliniek", "thuis", "bij het ontslag", "in het weekend",
)  # fmt: skip
SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "vu")
ENDINGS = ("lex", "mix", "nox", "rax", "vix", "zax", "bex", "dox", "fux", "gyx")  # no Dutch word ends so

# Field of the register → sentences; {t} and {u} are topics, {p} somebody, {m} a moment, {n} a number.
TEXTS = {
    "purpose": (
        "De computer helpt om problemen met {t} eerder te zien {m}.",
        "Zo wachten mensen met klachten over {t} minder lang op een antwoord.",
        "De {p} houdt meer tijd over voor het gesprek met de patiënt over {u}.",
        "Vroeger duurde het {n} minuten om alles over {t} te bekijken.",
        "We willen dat niemand met {u} wordt vergeten {m}.",
        "Het doel is betere zorg bij {t}, met minder werk achter het scherm.",
    ),
    "for_whom": (
        "Voor iedereen die {m} komt met vragen over {t}.",
        "Voor mensen van 18 jaar en ouder met klachten van {t} of {u}.",
        "Ook voor mensen die al vaker bij de {p} kwamen met {u}.",
    ),
    "effect_on_you": (
        "U merkt er weinig van: de {p} gebruikt het {m}.",
        "De uitslag over {t} krijgt u vaak {n} dagen eerder dan vroeger.",
        "U hoeft niets extra te doen, ook niet bij {u}.",
        "De {p} vertelt u {m} wat de computer zag.",
        "Soms vraagt de {p} u nog iets over {t}, omdat de computer daarop wees.",
    ),
    "told_how": (
        "De {p} vertelt het u {m}.",
        "Het staat ook in de brief over {t} die u thuis krijgt.",
        "Op een bord in de wachtkamer leest u dat we AI gebruiken bij {u}.",
    ),
    "data_used": (
        "De computer gebruikt uw leeftijd, uw uitslagen over {t} en wat de {p} schreef.",
        "Ook foto’s en metingen van de laatste {n} maanden tellen mee.",
        "Uw naam en adres gebruikt de computer niet bij {u}.",
        "Gegevens die niets met {t} te maken hebben, blijven in uw dossier staan.",
        "Wat u {m} zelf vertelt over {u}, komt er ook bij.",
    ),
    "data_storage": (
        "De gegevens staan in uw dossier, op computers in Nederland.",
        "Na {n} maanden wist de computer de kopie over {t}.",
        "Alleen de {p} en het team van de afdeling kunnen erbij {m}.",
    ),
    "data_shared_with": (
        "Niemand anders krijgt uw gegevens over {t}.",
        "De maker van het programma ziet alleen cijfers over {u}, nooit uw naam.",
        "Vraagt een andere {p} om de uitslag? Dan vragen wij het eerst aan u.",
    ),
    "who_decides": (
        "De {p} beslist. De computer geeft alleen advies over {t}.",
        "Bij twijfel kijkt een tweede {p} mee {m}.",
        "U mag altijd vragen waarom de {p} dit besluit nam over {u}.",
        "Staat het advies haaks op wat de {p} ziet? Dan volgt de {p} de computer niet.",
    ),
    "risks": (
        "De computer kan iets over het hoofd zien bij {t}.",
        "Ook kan de computer iets aanwijzen dat er niet is, bijvoorbeeld bij {u}.",
        "Daarom kijkt de {p} altijd zelf, ook {m}.",
        "Van de 100 mensen met {t} was het advies bij {n} mensen niet goed.",
        "Bij mensen met een zeldzame vorm van {u} weten we nog niet hoe goed het werkt.",
        "Valt het programma uit? Dan gaat de zorg bij {t} door zonder computer.",
    ),
    "monitoring": (
        "Elke maand kijkt een {p} {n} uitslagen over {t} opnieuw na.",
        "Fouten melden we aan de maker en bespreken we {m}.",
        "Een keer per jaar vergelijken we de cijfers over {u} met die van andere zorgverleners.",
    ),
    "complain_how": (
        "Bel of mail de klachtenfunctionaris, of praat met uw {p}.",
        "Een klacht over {t} behandelen we binnen {n} weken.",
    ),
    "how_it_works": (
        "De computer leerde van veel voorbeelden van {t} wat gewoon is en wat niet.",
        "Bij elk nieuw geval zoekt het programma naar wat er het meest op lijkt.",
        "Daarna laat het de {p} zien hoe zeker het is over {u}.",
        "Het programma leert niet vanzelf verder {m}: eerst controleert de maker de nieuwe versie.",
    ),
    "considerations": (
        "We vergeleken het met werken zonder computer bij {t}.",
        "Ook keken we naar een ander programma, maar dat werkte minder goed bij {u}.",
        "De {p} en de patiënten van de afdeling kozen samen {m}.",
    ),
    "fallback": (
        "Dan doet de {p} het werk over {t} zelf, zoals vroeger.",
        "U krijgt dezelfde zorg, maar het duurt {m} soms wat langer.",
    ),
}  # fmt: skip
