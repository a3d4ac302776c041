"""Each kind of finding: what it finds, where, how bad, and what it leaves alone."""

from itertools import cycle, islice

import pytest

from transparency.readability.check import check
from transparency.readability.document import Severity


def found(text, code, **options):
    return [one for one in check(text, **{"to_reader": False} | options).findings if one.code == code]


def texts(text, code, **options):
    return [one.text for one in found(text, code, **options)]


@pytest.mark.parametrize(
    ("words", "severity"),
    [(15, None), (16, Severity.HINT), (20, Severity.HINT), (21, Severity.WARNING), (25, Severity.WARNING),
     (26, Severity.ERROR), (60, Severity.ERROR)],
)  # fmt: skip
def test_a_long_sentence_is_counted_exactly(words, severity):
    sentence = " ".join(["De", *islice(cycle(["man", "en", "de"]), words - 1)]) + "."

    marks = found(f"Dit is kort. {sentence} Dit ook.", "long_sentence")

    assert [one.severity for one in marks] == ([severity] if severity else [])
    assert [one.text for one in marks] == ([sentence] if severity else [])
    assert all(str(words) in one.message for one in marks)


def test_a_long_paragraph_is_told_once_and_a_list_is_no_paragraph():
    assert len(found("Dit is een zin. " * 7, "long_paragraph")) == 1
    assert found("Dit is een zin. " * 6 + "\n\n" + "Dit is een zin. " * 6, "long_paragraph") == []
    assert found("- Dit is een zin.\n" * 12, "long_paragraph") == []


@pytest.mark.parametrize(
    ("text", "at", "simple"),
    [
        ("Bel ons indien u vragen heeft.", "indien", ("als",)),
        ("Indien u belt, helpen wij u.", "Indien", ("Als",)),
        ("De arts beoordeelt de foto.", "beoordeelt", ("bekijkt",)),
        ("Hier leest u meer met betrekking tot de app.", "met betrekking tot", ("over",)),
        ("U dient op tijd te komen.", "dient op tijd te", ("moet op tijd",)),
    ],
)
def test_a_formal_word_has_a_simpler_one_in_the_same_form(text, at, simple):
    (mark,) = found(text, "formal_word")

    assert mark.text == at
    assert mark.suggestions[: len(simple)] == simple


def test_what_stays_between_the_two_parts_of_a_verb_stays_in_the_suggestion():
    (mark,) = found("Het bedrijf licht de cijfers toe.", "formal_word")

    assert (mark.text, mark.suggestions) == (
        "licht de cijfers toe", ("leg de cijfers uit", "legt de cijfers uit"),
    )  # fmt: skip


def test_welke_is_formal_where_its_clause_follows_and_a_question_where_a_noun_does():
    assert texts("De uitslag is een getal, welke in uw dossier staat.", "formal_word") == ["welke in"]
    assert texts("Dit zijn de gegevens welke wij bewaren.", "formal_word") == ["welke wij"]
    assert found("Kies welke arts u wilt.", "formal_word") == []
    assert found("Daar staat wat u mankeert, welke pillen u hebt en hoe oud u bent.", "formal_word") == []
    assert found("U ziet welke wij bewaren.", "formal_word") == []


def test_the_particle_of_a_verb_is_none_where_a_noun_follows_it():
    assert texts("Dient u dit formulier voor 1 mei in.", "formal_word") == ["Dient u dit formulier voor 1 mei in"]
    assert texts("De patiënt dient een aanvraag in en wacht.", "formal_word") == ["dient een aanvraag in"]
    assert found("De hond dient de man in het bos.", "formal_word") == []
    assert found("De vragen op de lijst gaan over uw slaap.", "formal_word") == []


def test_of_a_verb_in_two_parts_the_second_part_is_no_word_by_itself():
    (mark,) = found("Wij delen u mede dat de poli dicht is.", "formal_word")

    assert (mark.text, mark.suggestions) == ("delen u mede", ("laten u weten",))


@pytest.mark.parametrize(
    "text",
    ["De app dient om u te helpen.", "Het licht brandt.", "Mevrouw Noch belt.", "Dit is ter zake dienend."],
)
def test_a_formal_word_in_another_meaning_is_left_alone(text):
    assert found(text, "formal_word") == []


def test_a_rare_word_is_told_once_and_a_common_compound_is_not_rare():
    assert texts("De anamnestische vraag. Die anamnestische vraag.", "rare_word") == ["anamnestische"]
    assert texts("De longfoto ligt in de ziekenhuiskamer bij de dokter/arts.", "rare_word") == []
    assert texts("De anamnestische vraag.", "rare_word", known=["anamnestische"]) == []
    assert texts("Dit gebeurt het vaakst en is het zwaarst.", "rare_word") == []


@pytest.mark.parametrize(
    "text",
    [
        "U heeft last van benauwdheid en krijgt een puffer.",
        "De verpleegkundige en de laborant dragen mondkapjes.",
        "De computer meekijkt als u ophoudt.",
        "U krijgt 5 ml van mw Jansen op vr en za.",
        "Het is neusverstopping.",
        "CoronaMelder en Microsoft 365 zijn namen.",
        "Lead Healthcare.",
    ],
)
def test_a_word_that_patients_know_is_not_rare(text):
    assert found(text, "rare_word") == []


@pytest.mark.parametrize(
    "text",
    [
        "Een algoritme is een rekenregel voor de computer.",
        "Wij gebruiken een algoritme (een rekenregel voor de computer).",
        "Zo’n rekenregel noemen we een algoritme.",
        "Wij gebruiken een algoritme. Dat is een rekenregel.",
    ],
)
def test_a_term_that_the_text_explains_is_no_jargon(text):
    assert found(text, "jargon") == []


def test_a_term_comes_with_its_explanation_at_its_first_use_only():
    (mark,) = found("Wij hebben een algoritme. Het algoritme helpt.", "jargon")

    assert (mark.start, mark.text, mark.severity) == (15, "algoritme", Severity.WARNING)
    assert mark.advice == "Leg uit: algoritme = rekenregel voor de computer."


def test_a_term_beside_another_word_is_not_explained_by_it():
    assert texts("Een algoritme of een arts kijkt.", "jargon") == ["algoritme"]


def test_a_term_that_is_an_abbreviation_is_told_once():
    assert [one.code for one in check("U vindt dit in het EPD.").findings] == ["abbreviation"]


def test_a_page_that_explains_the_glossary_needs_no_explanation_in_the_text():
    assert found("Wij hebben een algoritme.", "jargon", terms_explained=True) == []
    assert texts("U vindt dit in het EPD, zegt de QXR.", "abbreviation", terms_explained=True) == ["QXR"]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("U vindt dit in het EPD.", ["EPD"]),
        ("U vindt dit in het elektronisch patiëntendossier (EPD). Het EPD is van u.", []),
        ("U vindt dit in het EPD (elektronisch patiëntendossier).", []),
        ("Wij bellen u m.b.t. de foto.", ["m.b.t."]),
        ("Neem bijv. een boek mee.", ["bijv."]),
        ("Dit is een QXR-meting.", ["QXR"]),
        ("De AI helpt. Dit AI-systeem is nieuw.", []),
        ("Bel mevr. De Boer om 3 uur.", []),
        ("LET OP: dit is BELANGRIJK.", []),
        ("Het is max. 10 minuten, dat is het max.", ["max."]),
        ("De TV staat aan.", []),
        ("Kijk in bijlage VI en vul de DATUM in.", []),
        ("U heeft [GEEN/EEN] mening gegeven.", []),
        ("KOMT U MET SPOED? BEL DAN 112.", []),
        ("Bel het OM of de IND.", ["OM", "IND"]),
        ("Maten mensen met COPD, een ziekte van de longen, zelf hun adem?", []),
        ("Het is voor mensen met COPD, een beroerte of astma.", ["COPD"]),
        ("De praktijkondersteuner helpt. De korte naam is POH.", []),
        ("MDR is kort voor de Engelse naam van de wet.", []),
        ("Op een apparaat staan de letters CE.", []),
        ("DCAT-AP-NL is een afspraak over lijsten.", []),
        ("Dat staat in DCAT-AP-NL.", ["DCAT"]),
        ("Bel mevrouw G.H. de Vries of A.B. Jansen. De A.B. is dicht.", ["A.B."]),
        ("Scan de QR-code van de GGD.", []),
    ],
)
def test_an_abbreviation_must_be_explained(text, wanted):
    assert texts(text, "abbreviation") == wanted


@pytest.mark.parametrize(
    ("text", "advice", "suggestions"),
    [
        ("Neem bijv. een boek mee.", "Schrijf: bijvoorbeeld.", ("bijvoorbeeld",)),
        (
            "Wij maken een DPIA.",
            "Leg uit: DPIA = onderzoek naar risico’s voor uw privacy.",
            ("DPIA (onderzoek naar risico’s voor uw privacy)",),
        ),
        ("U belt de SEH.", "Schrijf de eerste keer: spoedeisende hulp (SEH).", ("spoedeisende hulp (SEH)",)),
        ("Dit is een QXR.", "Schrijf de eerste keer: de hele naam (QXR).", ()),
    ],
)
def test_an_abbreviation_comes_with_what_to_write(text, advice, suggestions):
    (mark,) = found(text, "abbreviation")

    assert (mark.advice, mark.suggestions) == (advice, suggestions)


def test_a_name_that_the_reader_knows_is_no_abbreviation():
    assert found("U gaat naar het QXZ.", "abbreviation", known=["QXZ"]) == []
    assert found("U leest dat op EUR-Lex.", "abbreviation", known=["EUR-Lex"]) == []


def test_another_verb_with_its_own_subject_is_no_passive():
    assert texts("Wordt u zieker of vertrouwt u het niet? Bel ons.", "passive") == []
    assert texts("Wordt u gebeld of bezocht?", "passive") == ["Wordt u gebeld"]


@pytest.mark.parametrize(
    "text",
    [
        "Het profiel wordt zichtbaar voor bedrijven die toegang hebben gekregen.",
        "Daardoor worden de tuinen kleiner en gaat er land verloren.",
    ],
)
def test_the_participle_of_another_clause_makes_no_passive(text):
    assert found(text, "passive") == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Dat kan in de meeste gevallen worden uitgevoerd.", "worden uitgevoerd"),
        ("Dan wordt dit gegeven opgenomen.", "wordt dit gegeven opgenomen"),
    ],
)
def test_a_noun_that_looks_like_a_participle_is_passed_over(text, wanted):
    assert texts(text, "passive") == [wanted]


def test_a_passive_is_marked_from_helper_to_participle():
    assert texts("Uw foto wordt snel bekeken. U ziet dat hij gemaakt wordt.", "passive") == [
        "wordt snel bekeken", "gemaakt wordt",
    ]  # fmt: skip


def test_nominal_style_offers_the_verb():
    (mark,) = found("De beoordeling van uw foto duurt een dag.", "nominal")

    assert (mark.text, mark.suggestions) == ("De beoordeling van", ("beoordelen",))


@pytest.mark.parametrize("text", ["De bedoeling van de app is goed.", "De salarisbetaling van juni komt later."])
def test_a_noun_that_names_a_thing_hides_no_verb(text):
    assert found(text, "nominal") == []


@pytest.mark.parametrize(
    "text",
    [
        "Het doel is het helpen van verpleegkundigen bij het kijken naar opgenomen patiënten.",
        "Een bewijs is geldig tot 24 uur na het moment van testen.",
    ],
)
def test_a_verb_that_belongs_to_a_noun_is_not_that_of_the_helper(text):
    assert found(text, "split") == []


def test_a_pronoun_before_its_noun_opens_no_clause():
    text = "Je moet die persoon ook een kopie van je paspoort geven."

    assert texts(text, "split") == ["moet die persoon ook een kopie van je paspoort geven"]


def test_a_small_word_is_not_the_noun_of_an_article():
    text = "Soms is het op grond van de wet verboden om dat te doen."

    assert texts(text, "split") == ["is het op grond van de wet verboden"]


def test_words_far_apart_are_marked_with_the_number_between():
    (mark,) = found("De computer kan op een foto van uw longen hele kleine vlekjes vinden.", "split")

    assert mark.text.startswith("kan op een foto")
    assert "9 woorden" in mark.message


def test_a_text_for_the_reader_should_say_u():
    text = "De arts kijkt. De computer helpt. De foto is klaar."

    assert texts(text, "no_address", to_reader=True) == ["De arts kijkt."]
    assert found(text + " U belt.", "no_address", to_reader=True) == []
    assert found(text, "no_address", to_reader=False) == []
