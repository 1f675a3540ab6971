"""Whatever the server answers, browsers are told to run nothing that is not ours and to let nobody frame it."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.databases.fresh import fresh_database
from tests.journeys.site import Site, free_port

PROXIED = {"X-Forwarded-Proto": "https", "Host": "samspill.test"}


class Proxied(Site):
    """Reached as the web server in front of it would reach it."""

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/nb/privacy/", headers=PROXIED, timeout=2).status_code == 200
        except httpx.TransportError:
            return False


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """As it runs in operation: behind a server that speaks TLS, and nobody practises there."""
    folder: Path = tmp_path_factory.mktemp("headers")
    extra = {
        "SAMSPILL_PRACTICE": "no",
        "SAMSPILL_SECRET_KEY": "a key of this test only, and long enough for that purpose",
        "SAMSPILL_ADDRESS": "https://samspill.test",
    }
    with fresh_database(folder) as database:
        proxied = Proxied(folder, free_port(), {**extra, "SAMSPILL_DATABASE": database})
        proxied.run("migrate")
        proxied.start()
        try:
            yield proxied
        finally:
            proxied.stop()


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nb/", 200),
        ("/nb/nothing/", 404),
        ("/start/", 302),
        ("/account/sign-in/", 200),
        ("/people/practice-sign-in/", 405),
        ("/mail/", 404),
        ("/live/state", 403),
        ("/live/stream", 403),
        ("/live/nothing", 404),
        ("/static/nothing.css", 404),
    ],
)
def test_every_answer_carries_the_policy(site: Site, address: str, status: int) -> None:
    answer = httpx.get(f"{site.address}{address}", headers=PROXIED)

    assert (answer.status_code, unsafe(answer)) == (status, [])


def test_so_do_files_redirects_and_refusals(site: Site) -> None:
    page = httpx.get(f"{site.address}/nb/", headers=PROXIED).text
    file = page.split('rel="stylesheet" href="')[1].split('"')[0]
    answers = {
        200: httpx.get(f"{site.address}{file}", headers=PROXIED),
        301: httpx.get(f"{site.address}/nb/", headers={"Host": "samspill.test"}),
        400: httpx.get(f"{site.address}/nb/", headers={**PROXIED, "Host": "evil.test"}),
        403: httpx.post(f"{site.address}/account/sign-in/", headers=PROXIED),
        413: httpx.post(f"{site.address}/nb/feedback/", headers=PROXIED, content=b"0" * 25_000_000),
    }

    assert {status: (answer.status_code, unsafe(answer)) for status, answer in answers.items()} == {
        status: (status, []) for status in answers
    }


def test_cookies_travel_over_tls_only_and_scripts_cannot_read_the_session(site: Site) -> None:
    with httpx.Client(headers=PROXIED) as client:
        page = client.get(f"{site.address}/account/sign-in/")
        token = page.cookies["csrftoken"]
        chosen = client.post(
            f"{site.address}/people/language/",
            data={"language": "nn", "csrfmiddlewaretoken": token, "next": "//evil.test/nb/"},
            headers={"Referer": "https://samspill.test/", "Cookie": f"csrftoken={token}"},
        )
    cookies = [*page.headers.get_list("set-cookie"), *chosen.headers.get_list("set-cookie")]
    flags = {cookie.split("=")[0].strip(): cookie for cookie in cookies}

    assert chosen.headers["location"] == "/"
    assert sorted(flags) == ["csrftoken", "sessionid"]
    assert [
        name for name, cookie in flags.items() if "Secure" not in cookie or "SameSite=Lax" not in cookie
    ] == []
    assert "HttpOnly" in flags["sessionid"]


def test_nobody_is_signed_in_by_a_button_outside_practice(site: Site) -> None:
    page = httpx.get(f"{site.address}/account/sign-in/", headers=PROXIED)
    token = page.cookies["csrftoken"]
    pressed = httpx.post(
        f"{site.address}/people/practice-sign-in/",
        data={"role": "eier1", "csrfmiddlewaretoken": token},
        headers={**PROXIED, "Referer": "https://samspill.test/", "Cookie": f"csrftoken={token}"},
    )

    assert (pressed.status_code, "practice-sign-in" in page.text) == (404, False)


def unsafe(answer: httpx.Response) -> list[str]:
    """What is missing of the policy."""
    policy = answer.headers.get("content-security-policy", "")
    wanted = ("default-src 'none'", "frame-ancestors 'none'")
    missing = [each for each in wanted if each not in policy]
    sniffs = answer.headers.get("x-content-type-options") != "nosniff"
    return [*missing, *(["nosniff"] if sniffs else []), *(["unsafe"] if "unsafe" in policy else [])]
