"""The small words of Dutch, few enough to write down: articles, pronouns, prepositions, conjunctions, helpers."""

DETERMINERS = frozenset(
    """de het een 't 'n deze dit dat die mijn jouw je uw zijn haar ons onze hun geen elk elke ieder iedere alle veel
    meer weinig welke welk zulke enkele sommige twee drie vier vijf eerste tweede""".split()
)
PREPOSITIONS = frozenset(
    """in op aan van voor met door bij naar uit over onder tussen tegen tot zonder om rond tijdens sinds volgens via per
    binnen buiten achter naast boven vanaf vanuit wegens ondanks namens ter ten""".split()
)
# Helper verbs whose form is always finite, and those whose form may be an infinitive or a plural.
HELPERS = frozenset(
    """is ben bent was waren wordt word werd werden heb hebt heeft had hadden zal zult zou zouden kan kunt kon konden
    moet moest moesten mag mocht mochten wil wilt wilde wilden wou hoeft hoef hoefde laat liet lieten gaat ga ging
    gingen blijft blijf bleef bleven lijkt leek blijkt bleek schijnt heet""".split()
)
MAYBE_HELPERS = frozenset(
    "zijn worden hebben zullen kunnen moeten mogen willen hoeven laten gaan blijven lijken blijken".split()
)
# A clause begins here.
CLAUSE_WORDS = frozenset(
    """dat die omdat doordat zodat als wanneer toen terwijl hoewel indien tenzij mits nadat voordat totdat waar wie wat
    welke welk waarbij waardoor waarmee waarin waarop waaraan waarvan waarover waarvoor waaruit waarna hoe of zodra
    aangezien sinds opdat alsof zoals en maar want""".split()
)
# After these the finite verb comes at the end.
SUBORDINATORS = frozenset(
    """omdat dat die als indien hoewel terwijl zodat doordat waarbij waarmee waarvoor waarin waardoor nadat voordat
    wanneer tenzij mits zodra""".split()
)
FUNCTION_WORDS = frozenset(
    """de het een 't 'n der des den ten ter te om en of maar want dus noch als dan dat die deze dit daar hier er waar
    wat wie welke welk hoe waarom wanneer toen terwijl omdat doordat zodat zodra hoewel ofschoon tenzij mits indien
    nadat voordat totdat sinds sedert aangezien opdat alsof zoals evenals naarmate ik jij je jou jouw u uw hij hem zijn
    haar hare zij ze hen hun wij we ons onze jullie men mij me mijn zich zichzelf elkaar elkaars mijzelf jezelf uzelf
    onszelf iemand niemand iets niets alles allen alle al elk elke ieder iedere iedereen sommige sommigen enkele
    enkelen enige verschillende veel vele velen weinig meer meest minder minst beide beiden ander andere anderen zelf
    zulk zulke zo'n dergelijke dezelfde hetzelfde degene degenen datgene in op aan van voor met door bij naar uit over
    onder tussen tegen tot zonder rond tijdens volgens via per binnen buiten achter naast boven beneden langs vanaf
    vanuit wegens ondanks dankzij namens jegens omtrent betreffende inzake krachtens conform gedurende behalve vanwege
    richting mede omwille blijkens niet geen nooit ook nog wel toch even eens ooit steeds altijd vaak soms meestal weer
    zeer heel erg zo nu daarna daarvoor daarom daardoor daarbij daarmee daarin daarop daaraan daarvan daarover daaruit
    daartoe hierdoor hierbij hiermee hierin hierop hieraan hiervan hierover hiervoor hieruit hiertoe hierna waardoor
    waarbij waarmee waarin waarop waaraan waarvan waarover waarvoor waaruit waartoe waarna ervan ervoor erop erin eraan
    ermee erbij erdoor erover eruit ernaar ertoe echter bovendien verder vervolgens daarnaast namelijk immers misschien
    wellicht waarschijnlijk zeker alleen slechts pas net juist bijna ongeveer circa samen ergens nergens overal thuis
    morgen gisteren vandaag straks later eerder vroeger binnenkort reeds meteen direct alvast anders eigenlijk gewoon
    helemaal zelfs tevens eveneens is ben bent was waren geweest wees worden word wordt werd werden geworden hebben heb
    hebt heeft had hadden gehad zullen zal zult zou zouden kunnen kan kunt kon konden gekund moeten moet moest moesten
    gemoeten mogen mag mocht mochten willen wil wilt wilde wilden wou gewild hoeven hoef hoeft hoefde hoefden laten
    laat liet lieten gaan gaat ga ging gingen blijven blijf blijft bleef bleven gebleven lijken lijk lijkt leek leken
    blijken blijkt bleek bleken gebleken schijnen schijnt scheen heten heet ja nee nou bijv bijvoorbeeld enz etc o.a
    enzovoort etcetera derde vierde vijfde zesde zevende achtste negende tiende één twee drie vier vijf zes zeven acht
    negen tien elf twaalf dertien veertien vijftien twintig dertig veertig vijftig honderd duizend miljoen miljard half
    halve eerste tweede""".split()
)
# Particles that stand before a verb: "aanvragen" is "vragen" with "aan".
VERB_PREFIXES = tuple(
    """aan achter af bij binnen boven door in langs mee mis na neer om onder op over samen tegen terug thuis toe uit
    vast voor voort weg weer wacht bekend plaats deel goed vrij""".split()
)
ADJECTIVE_ENDINGS = tuple(
    """ige lijke lijk isch ische baar bare ief ieve eel ële ele loos loze zaam zame aire air eus euze ant ante ent ente
    ig""".split()
)
NOUN_ENDINGS = tuple(
    """ing ingen heid heden atie aties itie ities sie sies teit teiten schap schappen isme ment menten age ages tuur
    graaf loog eur euren ist isten er ers aar aars je jes tje tjes logie iek""".split()
)
