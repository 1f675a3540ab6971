"""What a page does with a stream: it always comes to show the newest state, whatever happens to the line."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from samspill.live.channels import Channel
from samspill.live.tokens import addresses
from tests.live.streams import Server

LISTEN = """([url, poll, renew]) => {
  window.states = [];
  window.statuses = [];
  const onState = (state) => states.push(state);
  const onStatus = (status) => statuses.push(status);
  live.listen({ url, poll, renew, onState, onStatus });
}"""


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.clock.install()
    page.goto(f"{server.address}/page")
    page.wait_for_function("window.live")
    yield page
    context.close()


def listen(page: Page, channel: Channel) -> None:
    both = addresses(channel)
    page.evaluate(LISTEN, [both["url"], both["poll"], f"/renew?topic={channel.topic}"])


def wait_for(page: Page, version: int) -> None:
    page.wait_for_function(f"states.at(-1)?.announced === {version}")


def test_it_shows_the_state_and_every_change(page, server, channel):
    listen(page, channel)
    wait_for(page, 0)
    server.announce_inside(channel.topic)
    wait_for(page, 1)
    assert page.evaluate("[states.map((state) => state.announced), statuses]") == [[0, 1], ["live"]]


def test_it_asks_when_the_line_brings_nothing(page, server, channel):
    """A network that holds back event streams."""
    page.route("**/live/stream*", lambda route: None)
    listen(page, channel)
    page.clock.fast_forward(25_000)
    wait_for(page, 0)
    server.announce_inside(channel.topic)
    page.clock.fast_forward(5_000)
    page.wait_for_timeout(50)
    page.clock.fast_forward(5_000)
    wait_for(page, 1)
    assert page.evaluate("statuses") == ["polling"]


def test_it_says_that_it_is_offline_and_comes_back(page, server, channel):
    listen(page, channel)
    wait_for(page, 0)
    page.context.set_offline(True)
    page.clock.fast_forward(25_000)
    page.wait_for_function("statuses.at(-1) === 'offline'")
    server.announce_inside(channel.topic)
    page.context.set_offline(False)
    wait_for_seconds(page, version=1)
    assert page.evaluate("states.map((state) => state.announced)") == [0, 1]


def test_a_restart_of_the_server_loses_nothing(page, server, channel):
    listen(page, channel)
    wait_for(page, 0)
    server.stop()
    server.announce_from_another_process(channel.topic)
    server.start()
    wait_for_seconds(page, version=1)
    assert page.evaluate("states.at(-1).announced") == 1


def test_it_gets_a_new_token_before_the_old_one_is_over(page, channel):
    listen(page, channel)
    wait_for(page, 0)
    with page.expect_request("**/renew*"), page.expect_request("**/live/stream*"):
        page.clock.fast_forward(14 * 60_000)


def test_an_old_state_never_replaces_a_newer_one(page, server, channel):
    """An answer to a question that took longer than the line."""
    held: list[Route] = []
    page.route("**/live/state*", lambda route: held.append(route))
    listen(page, channel)
    wait_for(page, 0)
    with page.expect_request("**/live/state*"):
        page.clock.fast_forward(25_000)
    server.announce_inside(channel.topic)
    wait_for(page, 1)
    with page.expect_response("**/live/state*"):
        held[0].fulfill(status=200, headers={"ETag": '"0"'}, body='{"announced": 0}')
    assert page.evaluate("states.map((state) => state.announced)") == [0, 1]


def wait_for_seconds(page: Page, version: int) -> None:
    """Let the page's clock run on while real time passes."""
    for _ in range(100):
        if page.evaluate("states.at(-1)?.announced") == version:
            return
        page.clock.fast_forward(1_000)
        page.wait_for_timeout(100)
    raise AssertionError(page.evaluate("[states, statuses]"))
