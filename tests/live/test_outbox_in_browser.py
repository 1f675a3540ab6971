"""What a page does with answers: each one stays on the device until the server has said that it is stored."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.live.streams import Server

POST = """([text, more]) => {
  const entry = live.makeEntry();
  window.statuses ??= [];
  const onStatus = ({ state, sentence, data }) => statuses.push({ state, sentence, text: data.text });
  live.post({ url: "/answer", entry, data: { text }, onStatus, ...more });
  return entry;
}"""


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    open_page(page, server)
    yield page
    context.close()


def open_page(page: Page, server: Server) -> None:
    page.goto(f"{server.address}/page")
    page.wait_for_function("window.live")


def post(page: Page, text: str | list[str], **more: str) -> str:
    entry: str = page.evaluate(POST, [text, more])
    return entry


def answer_with(page: Page, status: int, kind: str, body: str) -> None:
    page.route("**/answer", lambda route: route.fulfill(status=status, content_type=kind, body=body))


def wait_for(page: Page, state: str) -> None:
    page.wait_for_function(f"statuses.at(-1)?.state === '{state}'")


def states(page: Page) -> list[str]:
    return page.evaluate("statuses.map((status) => status.state)")


def unsent(page: Page, owner: str = "") -> list[str]:
    return page.evaluate(f"live.unsent('{owner}').map((post) => post.data.text)")


def test_an_answer_is_stored_when_the_server_has_said_so(page, server):
    entry = post(page, ["one", "two"])
    wait_for(page, "stored")
    assert states(page) == ["sending", "stored"]
    assert server.stored()[entry] == ["one", "two"]
    assert unsent(page) == []


def test_without_a_line_it_is_kept_and_sent_when_the_line_is_back(page, server):
    page.context.set_offline(True)
    entry = post(page, "kept")
    wait_for(page, "waiting")
    assert unsent(page) == ["kept"]
    page.context.set_offline(False)
    wait_for(page, "stored")
    assert server.stored()[entry] == ["kept"]


def test_it_is_kept_over_a_reload_and_sent_by_the_next_page(page, server):
    page.route("**/answer", lambda route: route.abort())
    entry = post(page, "kept")
    wait_for(page, "waiting")
    page.unroute("**/answer")
    open_page(page, server)
    page.evaluate("window.statuses = []; live.resend({ onStatus: (status) => statuses.push(status) })")
    wait_for(page, "stored")
    assert server.stored()[entry] == ["kept"]
    assert unsent(page) == []


def test_an_answer_whose_receipt_was_lost_is_sent_again_and_stored_once(page, server):
    """The server stored it, but the line broke before it could say so."""

    def lose_the_receipt(route: Route) -> None:
        route.fetch()
        route.abort()

    before = len(server.stored())
    page.route("**/answer", lose_the_receipt, times=1)
    post(page, "once")
    wait_for(page, "stored")
    assert states(page) == ["sending", "waiting", "sending", "stored"]
    assert len(server.stored()) == before + 1


def test_a_server_that_is_away_is_tried_again(page, server):
    answers = iter([502, 503])

    def away(route: Route) -> None:
        status = next(answers, None)
        if status is None:
            route.continue_()
        else:
            route.fulfill(status=status, content_type="text/html", body="<h1>Bad gateway</h1>")

    page.route("**/answer", away)
    entry = post(page, "patient")
    wait_for(page, "stored")
    assert states(page) == ["sending", "waiting", "sending", "waiting", "sending", "stored"]
    assert server.stored()[entry] == ["patient"]


def test_a_refusal_is_told_in_the_servers_words_and_hands_back_what_was_typed(page, server):
    refusal = '{"sentence": "Aktiviteten er lukket."}'
    page.route(
        "**/answer", lambda route: route.fulfill(status=409, content_type="application/json", body=refusal)
    )
    post(page, "too late")
    wait_for(page, "refused")
    assert page.evaluate("statuses.at(-1)") == {
        "state": "refused",
        "sentence": "Aktiviteten er lukket.",
        "text": "too late",
    }
    assert unsent(page) == []


def test_a_page_that_is_not_the_servers_word_does_not_count_as_stored(page, server):
    """A hotel's sign-in page answers everything with 200."""
    page.route(
        "**/answer", lambda route: route.fulfill(status=200, content_type="text/html", body="Welcome!")
    )
    post(page, "kept")
    wait_for(page, "waiting")
    assert unsent(page) == ["kept"]


def test_somebody_who_has_been_signed_out_keeps_the_answer(page, server):
    page.route("**/answer", lambda route: route.fulfill(status=302, headers={"Location": "/account/login/"}))
    post(page, "kept")
    wait_for(page, "signin")
    assert unsent(page) == ["kept"]


def test_another_person_on_the_same_device_does_not_send_it(page, server):
    page.route("**/answer", lambda route: route.abort())
    post(page, "mine", owner="first")
    wait_for(page, "waiting")
    page.unroute("**/answer")
    before = server.stored()
    open_page(page, server)
    page.evaluate("live.resend({ owner: 'second' })")
    post(page, "theirs", owner="second")
    wait_for(page, "stored")
    assert [text for entry, text in server.stored().items() if entry not in before] == [["theirs"]]
    assert unsent(page, "first") == ["mine"]


def test_a_changed_answer_takes_the_place_of_the_unsent_one(page, server):
    page.context.set_offline(True)
    post(page, "first thought", slot="question 1")
    wait_for(page, "waiting")
    post(page, "second thought", slot="question 1")
    assert unsent(page) == ["second thought"]


def test_a_change_made_while_the_answer_is_on_its_way_is_sent_too(page, server):
    held: list[Route] = []
    page.route("**/answer", lambda route: held.append(route), times=1)
    with page.expect_request("**/answer"):
        entry = post(page, "first thought", slot="question 1")
    page.evaluate(
        "(entry) => live.post({ url: '/answer', entry, slot: 'question 1', data: { text: 'second thought' },"
        "  onStatus: ({ state, data }) => statuses.push({ state, text: data.text }) })",
        entry,
    )
    with page.expect_response("**/answer"):
        held[0].continue_()
    page.wait_for_function("live.unsent().length === 0")
    wait_for(page, "stored")
    assert page.evaluate("statuses.at(-1)") == {"state": "stored", "text": "second thought"}
    assert server.stored()[entry] == ["second thought"]


def test_answers_are_sent_in_the_order_they_were_given(page, server):
    page.context.set_offline(True)
    entries = [post(page, text) for text in ("one", "two", "three")]
    page.context.set_offline(False)
    page.wait_for_function("live.unsent().length === 0")
    assert [server.stored()[entry] for entry in entries] == [["one"], ["two"], ["three"]]
    assert [entry for entry in server.stored() if entry in entries] == entries
