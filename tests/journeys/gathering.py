"""The chapters of the story that happen in the room: a console, a big screen and five phones."""

from datetime import date, timedelta

from playwright.sync_api import Locator, expect

from tests.journeys.visitor import BIG_SCREEN, Visitor

STORED = "Svaret er lagret."
COLLECTED = "Svarene er samlet inn. Resultatet kommer her når fasilitatoren viser det."
MARKS = [
    [2, 5, 4, 3],
    [3, 4, 4, 2],
    [2, 5, 5, 3],
    [3, 3, 4, 4],
    [1, 4, 3, 3],
]  # four statements by each of five
CHOICES = [[0, 1, 2], [0, 1], [0], [0, 3], [0, 1, 2]]  # the places of the options each ticks
DUE = date.today() + timedelta(days=60)
PROMISES = {  # by the place of the one who promises
    0: ("Sette digitalisering på dagsordenen hver måned", "Ledermøtets dagsorden"),
    4: ("Slutte å kreve papirsøknad", "Neste etatsstyringsmøte"),
}


def the_room_is_opened(console: Visitor, phones: list[Visitor], place: str) -> Visitor:
    """Four come by the page of the gathering, one by the code on the big screen. Gives the big screen."""
    console.follow("Min startside")
    console.sees("Samling 1 er i dag.")
    console.follow("Åpne konsollen")
    console.press("Åpne rommet")
    screen = console.opens("Storskjerm", BIG_SCREEN)
    code = console.page.locator(".console__code").inner_text()
    expect(screen.page.locator(".screen__code")).to_have_text(code)
    for phone in phones[:4]:
        phone.go("/start/")
        phone.follow("Samling 1, Øvingssektoren")
        phone.sees(place)
        phone.follow("Gå inn i rommet")
        phone.press("Jeg er her")
        phone.is_at("Du er inne")
    phones[4].go("/room/")
    phones[4].fill("Romkode", code.lower())
    phones[4].press("Finn samlingen")
    phones[4].press("Jeg er her")
    phones[4].is_at("Du er inne")
    expect(screen.page.locator(".screen__count")).to_have_text("5 er her")
    expect(console.page.locator(".console__names > li")).to_have_text(
        ["Leder nummer 1", "Leder nummer 2", "Leder nummer 3", "Leder nummer 4", "Vert"]
    )
    console.press("Start samlingen")
    _is_on(console, "Velkommen: hvorfor vi er her")
    return screen


def they_reflect(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    """What somebody wrote is on no other screen before it is shown."""
    texts = [f"Søknadene kommer om natten, {number}" for number in range(1, 6)]
    console.press("Neste post")
    _is_on(console, "Innsjekk: en endring vi allerede merker")
    console.press("Åpne for svar")
    for number, (phone, words) in enumerate(zip(phones, texts, strict=True), start=1):
        phone.fill("Teksten din", words)
        phone.press("Send svaret")
        phone.sees(STORED)
        expect(screen.page.locator(".screen__count")).to_have_text(f"{number} av 5")
    everywhere = [console, screen, *phones]
    assert [each for each in everywhere[:2] if "Søknadene" in each.page.content()] == []
    console.press("Lukk")
    for phone in phones:
        phone.sees(COLLECTED)
    assert [each for each in everywhere if "Søknadene" in each.page.locator("main").inner_text()] == []
    console.press("Vis resultatet")
    for each in everywhere:
        cards = each.page.locator(".wall__text")
        expect(cards).to_have_count(5)
        assert sorted(cards.all_inner_texts()) == texts


def they_place_themselves_on_a_scale(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    console.press("Neste post")
    _is_on(console, "Hvor står vi i dag?")
    console.press("Åpne for svar")
    for phone, marks in zip(phones, MARKS, strict=True):
        statements = phone.page.get_by_role("group").filter(has=phone.page.get_by_role("radio"))
        expect(statements).to_have_count(4)
        for place, mark in enumerate(marks):
            statements.nth(place).get_by_role("radio").nth(mark - 1).check()
        phone.press("Send svaret")
        phone.sees(STORED)
    _show(console)
    means = [f"{sum(column) / 5:.1f}".replace(".", ",") for column in zip(*MARKS, strict=True)]
    expect(screen.page.locator(".bars__number")).to_have_text(means)
    expect(screen.page.locator("li .bars__n").first).to_have_text("5 svarte")
    ends = [
        f"5 svarte, fra {min(column)} til {max(column)}. {{}} Gjennomsnitt {mean}."
        for column, mean in zip(zip(*MARKS, strict=True), means, strict=True)
    ]
    favourites = ["Flest valgte 2 eller 3.", "Flest valgte 4 eller 5.", "Flest valgte 4.", "Flest valgte 3."]
    said = [end.format(favourite) for end, favourite in zip(ends, favourites, strict=True)]
    for phone in phones:
        sentences = _sentences(phone)
        expect(sentences).to_have_count(5)
        assert [each.split("»: ")[-1] for each in sentences.all_inner_texts()[1:]] == said


def they_choose(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    console.press("Hva treffer sektoren hardest?")
    _is_on(console, "Hva treffer sektoren hardest?")
    console.press("Åpne for svar")
    for phone, places in zip(phones, CHOICES, strict=True):
        phone.sees("Velg inntil 3")
        for place in places:
            phone.page.get_by_role("checkbox").nth(place).check()
        phone.press("Send svaret")
        phone.sees(STORED)
    _show(console)
    counts = [sum(place in places for places in CHOICES) for place in range(6)]
    expect(screen.page.locator(".bars__number")).to_have_text([str(count) for count in counts])
    for phone in phones:
        sentences = _sentences(phone)
        expect(sentences).to_have_count(6)
        said = [each.split("»: ")[-1] for each in sentences.all_inner_texts()]
        assert said == [f"valgt av {count} av 5." for count in counts]


def they_have_ideas_and_vote(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    """Everybody has an idea; the host votes for that of the first leader, all others for the host's."""
    ideas = [f"Ta opp det vanskelige, {number}" for number in range(1, 6)]
    console.press("Hva krever dette av oss?")
    _is_on(console, "Hva krever dette av oss?")
    console.press("Åpne for svar")
    for phone, idea in zip(phones, ideas, strict=True):
        phone.fill("Ideen din", idea)
        phone.press("Send ideen")
        phone.sees(STORED)
    expect(console.page.locator(".stat__value")).to_have_text("5 av 5")
    console.press("Start avstemningen")
    for place, phone in enumerate(phones):
        expect(phone.page.get_by_role("checkbox")).to_have_count(5)
        phone.tick(ideas[0] if place else ideas[1])
        phone.press("Send stemmene")
        phone.sees(STORED)
    _show(console)
    bars = screen.page.locator(".bars > li")
    expect(bars).to_have_count(5)
    expect(bars.nth(0)).to_have_text(f"{ideas[0]} 4", use_inner_text=True)
    expect(bars.nth(1)).to_have_text(f"{ideas[1]} 1", use_inner_text=True)
    for phone in phones:
        expect(_sentences(phone)).to_have_count(6)
        assert _sentences(phone).all_inner_texts()[:3] == [
            "5 personer stemte.",
            f"«{ideas[0]}»: 4 stemmer.",
            f"«{ideas[1]}»: 1 stemme.",
        ]


def two_commit_themselves(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    console.press("Forpliktelser: hvem gjør hva, og når?")
    _is_on(console, "Forpliktelser: hvem gjør hva, og når?")
    console.press("Åpne for svar")
    for place, (what, arena) in PROMISES.items():
        phone = phones[place]
        phone.fill("Hva skal gjøres?", what)
        phone.page.get_by_label("Innen når?").fill(DUE.isoformat())
        phone.choose("Hvor følges det opp?", arena)
        phone.press("Send forpliktelsen")
        phone.sees(STORED)
    expect(console.page.locator(".stat__value")).to_have_text("2 av 5")
    _show(console)
    for each in (screen, *phones):
        cards = each.page.locator(".wall__card")
        expect(cards).to_have_count(2)
        who = sorted(zip(cards.locator(".wall__who").all_inner_texts(), _texts(cards), strict=True))
        assert who == [("Leder nummer 4", PROMISES[4][0]), ("Vert", PROMISES[0][0])]


def the_gathering_ends(console: Visitor, screen: Visitor, phones: list[Visitor]) -> None:
    console.press("Avslutt samlingen")
    console.press("Avslutt samlingen", within=console.page.get_by_role("dialog"))
    _is_on(console, "Samlingen er slutt")
    screen.is_at("Takk")
    for phone in phones:
        phone.is_at("Takk for i dag")


def the_owner_releases_one_text_to_the_report(owner: Visitor) -> None:
    """What could tell who wrote it is taken away first."""
    owner.follow("Velg tekster til rapporten")
    owner.is_at("Tekster til rapporten")
    panels = owner.page.locator(".reviewed")
    expect(panels).to_have_count(10)
    panels.first.get_by_label("Slik den vil stå i rapporten").fill("Søknadene kommer om natten.")
    panels.first.get_by_label("Bruk i rapporten").check()
    owner.press("La de valgte tekstene stå i rapporten")
    expect(panels.first.get_by_label("Bruk i rapporten")).to_be_checked()
    expect(owner.page.get_by_role("checkbox", checked=True)).to_have_count(1)


def _is_on(console: Visitor, item: str) -> None:
    expect(console.page.locator(".console__question")).to_have_text(item)


def _show(console: Visitor) -> None:
    console.press("Lukk")
    console.press("Vis resultatet")


def _sentences(phone: Visitor) -> Locator:
    """The result in words, beside the picture."""
    return phone.page.locator(".phone__sentences > li")


def _texts(cards: Locator) -> list[str]:
    return cards.locator(".wall__text").all_inner_texts()
