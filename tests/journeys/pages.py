"""Every page of a practice site that a GET can reach, by the role that looks at it.

The numbers are those of the practice data: cohort 1 is in the middle (its gathering 1 is held, 2 can be run now, 3 is
to come), 2 is closed, 3 is being tailored, 4 is in follow-up, 7 has been invited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import translation

from tests.journeys.looking import Looker

MIDDLE, CLOSED, TAILORING, FOLLOW_UP, INVITED = 1, 2, 3, 4, 7
HELD, NOW, TO_COME = 1, 2, 3
MEASURE, FIRST = "strategisk-ikt-kompetanse", 1

NOT_PAGES = {
    "entrance": "leads to the public front page",
    "account_request_login_code": "the sign-in page by another name",
    "cohorts:import_refused": "a file",
    "evaluation:csv": "a file",
    "evaluation:xlsx": "a file",
    "evaluation:show_alone": "looked at by the follow-up's facilitator only while one wave is closed",
    "followup:csv": "a file",
    "followup:xlsx": "a file",
    "home:portfolio_export": "a file",
    "people:my_data": "a file",
    "planning:calendar": "a file",
    "programmes:export": "a file",
    "programmes:schema": "a file",
    "reports:download": "a file",
    "reports:progress": "a line of the report's page, which is looked at",
    "room:renew": "a signed token",
    "room:results": "a file",
    "sectors:import_refused": "a file",
}


@dataclass(frozen=True)
class Place:
    """One address to look at. With `errors`, its form is also sent empty; with `dark`, it is also looked at in the
    dark: once for each family of pages."""

    name: str
    kwargs: Mapping[str, Any]
    query: str = ""
    language: str = "nb"
    status: int = 200
    errors: bool = False
    dark: bool = False

    @property
    def path(self) -> str:
        with translation.override(self.language):
            return reverse(self.name, kwargs=dict(self.kwargs)) + self.query

    def __str__(self) -> str:
        return f"{self.name} {self.path}"


def at(name: str, query: str = "", /, **kwargs: Any) -> Place:
    """A place; `errors`, `dark`, `status` and `language` are about the place, all else belongs to the address."""
    about = {key: kwargs.pop(key) for key in ("errors", "dark", "status", "language") if key in kwargs}
    return Place(name, kwargs, query, **about)


@dataclass(frozen=True)
class Made:
    """What the practice data lack and was made first: numbers and keys for the addresses."""

    draft: int
    organisations: str
    leaders: str
    wave: int
    invitations: int
    mails: int
    promise: int


LEADERS = "Navn;E-post;Virksomhet\nEn ny leder;ny@ovingstilsynet.example;Øvingstilsynet\nUten adresse;;Øvingstilsynet"
BODIES = "navn;orgnr;type\nNytt øvingsorgan;;Underliggende virksomhet\n;123;"


def make(owner: Looker, facilitator: Looker, leader: Looker) -> Made:
    """A draft of the next version, an open measurement, mails that wait, uploads that wait, a leader's promise."""
    in_two_weeks = (date.today() + timedelta(days=14)).isoformat()
    draft = owner.send(f"/programmes/measures/{MEASURE}/draft/")
    organisations = owner.send("/register/import/", file=_file("etater.csv", BODIES))
    leaders = owner.send(f"/cohorts/{MIDDLE}/people/import/", file=_file("ledere.csv", LEADERS))
    wave = facilitator.send(f"/measurement/cohort/{MIDDLE}/after/open/", closes_on=in_two_weeks)
    facilitator.go(wave)
    mails = facilitator.page.locator("a[href*='/mails/']").first.get_attribute("href") or ""
    reminder = facilitator.send(f"/planning/{TO_COME}/remind/")
    words = {
        "what": "Ta digitalisering opp i neste ledermøte",
        "arena": "leader_meeting",
        "due": in_two_weeks,
    }
    leader.go(leader.send(f"/follow-up/cohort/{MIDDLE}/new/", **words))
    promise = leader.page.locator("main a").evaluate_all(
        r"(links) => links.map((link) => link.getAttribute('href')).find((path) => /follow-up.\d+.$/.test(path))"
    )
    return Made(
        draft=_number(draft, "programmes"),
        organisations=organisations.strip("/").split("/")[-1],
        leaders=leaders.strip("/").split("/")[-1],
        wave=_number(wave, "wave"),
        invitations=_number(mails, "mails"),
        mails=_number(reminder, "outbox"),
        promise=_number(promise, "follow-up"),
    )


def _file(name: str, text: str) -> dict[str, Any]:
    return {"name": name, "mimeType": "text/csv", "buffer": text.encode()}


def _number(path: str, after: str) -> int:
    """The number that follows the word in a path."""
    parts = path.strip("/").split("/")
    return int(parts[parts.index(after) + 1])


def public(language: str) -> list[Place]:
    dark = language == "nb"
    return [
        at("public:front", language=language, dark=dark),
        at("public:measure", key=MEASURE, language=language),
        at("public:results", language=language),
        at("public:result", pk=CLOSED, language=language, dark=dark),
        at("public:contact", language=language, errors=True),
        at("public:privacy", language=language),
        at("public:accessibility", language=language),
    ]


def signed_out() -> list[Place]:
    return [
        *public("nb"),
        *public("nn"),
        *public("en"),
        at("account_login", dark=True),
        at("account_inactive"),
        at("mail:practice"),
        at("mail:practice_mail", pk=1),
    ]


def of_the_owner(made: Made) -> list[Place]:
    draft, inside = {"pk": made.draft}, {"pk": made.draft, "gathering": "g1"}
    return [
        at("home:start"),
        at("home:portfolio", dark=True),
        at("inbox"),
        at("account_logout"),
        at("people:list"),
        at("people:create", errors=True),
        at("people:me", errors=True),
        at("people:change", pk=5, errors=True),
        at("people:erase", pk=5),
        at("sectors:list"),
        at("sectors:create", errors=True, dark=True),
        at("sectors:organisation", pk=2),
        at("sectors:change", pk=2, errors=True),
        at("sectors:remove", pk=3),
        at("sectors:add_position", pk=2, errors=True),
        at("sectors:import", errors=True),
        at("sectors:import_fetched"),
        at("sectors:import_preview", key=made.organisations),
        at("sectors:sectors"),
        at("sectors:sector", pk=1),
        at("sectors:create_sector", errors=True),
        at("sectors:change_sector", pk=1, errors=True),
        at("programmes:list"),
        at("programmes:measure", key=MEASURE),
        at("programmes:version", pk=FIRST, dark=True),
        at("programmes:changes", pk=made.draft),
        at("programmes:import", errors=True),
        at("programmes:edit", **draft),
        at("programmes:edit_basics", **draft),
        at("programmes:edit_frame", **draft, errors=True),
        at("programmes:edit_instrument", **draft, errors=True),
        at("programmes:edit_list", **draft, name="aims", dark=True),
        at("programmes:edit_gathering", **inside),
        at("programmes:edit_work", **inside),
        at("programmes:edit_inner_list", **inside, name="questions"),
        at("programmes:edit_inner_list", **inside, name="items"),
        at("programmes:edit_item", **inside, item="g1-i2", errors=True),
        at("programmes:edit_activity", **inside, item="g1-i7"),
        at("programmes:edit_choices", **inside, item="g1-i7"),
        at("programmes:release", **draft),
        at("cohorts:list", dark=True),
        at("cohorts:invite", errors=True),
        at("cohorts:proposals"),
        at("cohorts:detail", pk=INVITED),
        at("cohorts:detail", pk=TAILORING),
        at("cohorts:state", pk=INVITED, errors=True),
        at("cohorts:import_preview", pk=MIDDLE, key=made.leaders, dark=True),
        at("reports:publish", pk=FOLLOW_UP),
    ]


def of_the_facilitator(made: Made) -> list[Place]:
    wave = {"pk": made.wave}
    return [
        at("home:start", dark=True),
        at("cohorts:detail", pk=MIDDLE),
        at("cohorts:detail", pk=CLOSED),
        at("cohorts:people", pk=MIDDLE),
        at("cohorts:enrol", pk=MIDDLE, errors=True),
        at("cohorts:place", pk=MIDDLE, membership=5, errors=True),
        at("cohorts:withdraw", pk=MIDDLE, membership=5),
        at("cohorts:import", pk=MIDDLE, errors=True),
        at("cohorts:compare", pk=TAILORING, dark=True),
        at("cohorts:tailor", pk=TAILORING, gathering="g1"),
        at("cohorts:reword", pk=TAILORING, gathering="g1", question="g1-q1", errors=True),
        at("planning:gatherings", cohort=MIDDLE),
        at("planning:gatherings", cohort=TAILORING),
        at("planning:gathering", pk=NOW),
        at("planning:gathering", pk=HELD),
        at("planning:schedule", pk=TO_COME, errors=True),
        at("planning:cancel", pk=TO_COME),
        at("planning:answers", pk=TO_COME),
        at("planning:agenda", pk=TO_COME, dark=True),
        at("planning:add_item", pk=TO_COME, errors=True),
        at("planning:item", pk=TO_COME, key="g3-i2", errors=True),
        at("planning:release", pk=TO_COME),
        at("planning:run_sheet", pk=NOW, dark=True),
        at("planning:programme", pk=NOW),
        at("planning:outbox", cohort=MIDDLE),
        at("planning:batch", cohort=MIDDLE, pk=made.mails),
        at("planning:confirm", cohort=MIDDLE, pk=made.mails),
        at("planning:batch", cohort=MIDDLE, pk=1),
        at("room:review", pk=HELD),
        at("followup:cohort", pk=MIDDLE),
        at("followup:cohort", pk=CLOSED),
        at("followup:gathering", pk=HELD),
        at("followup:commitment", pk=made.promise),
        at("evaluation:waves", pk=MIDDLE),
        at("evaluation:waves", pk=FOLLOW_UP),
        at("evaluation:open", pk=FOLLOW_UP, kind="six_months", errors=True),
        at("evaluation:plan", pk=FOLLOW_UP, kind="six_months", errors=True),
        at("evaluation:wave", **wave),
        at("evaluation:mails", **wave, batch=made.invitations),
        at("evaluation:remind", **wave),
        at("evaluation:close", **wave),
        at("evaluation:effect", pk=CLOSED, dark=True),
        at("evaluation:effect", pk=FOLLOW_UP),
        at("evaluation:effect", pk=MIDDLE),
        at("reports:report", pk=CLOSED, dark=True),
        at("reports:report", pk=MIDDLE),
        at("reports:edit", pk=FOLLOW_UP),
        at("people:list", status=403),
    ]


def of_the_resource_person(made: Made) -> list[Place]:
    return [
        at("home:start"),
        at("cohorts:list"),
        at("cohorts:detail", pk=MIDDLE),
        at("cohorts:people", pk=MIDDLE),
        at("planning:gathering", pk=TO_COME),
        at("evaluation:waves", pk=MIDDLE),
    ]


def of_the_host(made: Made) -> list[Place]:
    return [
        at("home:start"),
        at("cohorts:detail", pk=MIDDLE),
        at("cohorts:accept", pk=MIDDLE),
        at("cohorts:compare", pk=MIDDLE),
        at("cohorts:people", pk=MIDDLE),
        at("planning:gathering", pk=NOW),
        at("planning:answers", pk=NOW),
        at("evaluation:effect", pk=MIDDLE),
        at("evaluation:answer", pk=made.wave),
        at("reports:report", pk=MIDDLE),
    ]


def of_a_leader(made: Made) -> list[Place]:
    return [
        at("home:start", dark=True),
        at("cohorts:list"),
        at("cohorts:detail", pk=MIDDLE),
        at("planning:gatherings", cohort=MIDDLE),
        at("planning:gathering", pk=NOW),
        at("planning:gathering", pk=TO_COME),
        at("planning:programme", pk=TO_COME),
        at("followup:mine"),
        at("followup:add", pk=MIDDLE, errors=True),
        at("followup:commitment", pk=made.promise),
        at("followup:edit", pk=made.promise, errors=True),
        at("evaluation:answer", pk=made.wave, dark=True),
        at("evaluation:done", pk=made.wave),
        at("room:join", errors=True),
        at("room:phone", pk=NOW),
        at("people:me"),
        at("people:list", status=403, dark=True),
        at("cohorts:detail", pk=CLOSED, status=404, dark=True),
    ]


def of_a_delegate(made: Made) -> list[Place]:
    return [
        at("home:start"),
        at("cohorts:detail", pk=MIDDLE),
        at("planning:gatherings", cohort=MIDDLE),
        at("planning:gathering", pk=TO_COME),
    ]


def of_a_guest(made: Made) -> list[Place]:
    return [at("home:start"), at("cohorts:detail", pk=MIDDLE), at("cohorts:people", pk=MIDDLE, status=403)]


ROLES = {
    "eier": of_the_owner,
    "fasilitator": of_the_facilitator,
    "ressursperson": of_the_resource_person,
    "departementsrad": of_the_host,
    "leder1": of_a_leader,
    "sekretar": of_a_delegate,
    "innleder": of_a_guest,
}
LOOKED_AT_WHILE_RUNNING = {"room:console", "room:screen", "account_confirm_login_code"}
