"""The pages in a browser: Chromium as Debian has it, without a window.

Skipped where there is none, or playwright is not installed (the extra `browser`).
"""

from __future__ import annotations

import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
import uvicorn

from pinakes.search import Archive
from pinakes.search.serving import app
from tests.served_archive import make_harmful, make_samples

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="no chromium: apt install chromium")

# Of a link in a picture, `href` is an object.
_PROTOCOLS = "all => all.map(a => new URL(a.href.baseVal ?? a.href, location).protocol)"
WIDTHS = (1280, 768, 360)
SAMPLE_PAGES = (
    "/", "/?q=mine+OR+surveyor", "/?q=surveyor+or+lettre+fooo:x", "/?q=mine+date:soon",
    "/?q=lang:ar", "/?q=saved:returns&since=1", "/article/{id}?q=surveyor",
    "/cite/{id}/2", "/files", "/help", "/nothing-here",
)  # fmt: skip


@contextmanager
def served(archive: Archive) -> Iterator[str]:
    """Serve an archive at an address of this machine."""
    config = uvicorn.Config(app(archive), port=0, log_config=None, lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with make_samples(tmp_path_factory.mktemp("served") / "archive") as archive:
        hit = archive.search("surveyor resigns").hits[0]
        archive.tags.change(hit.article.id, add=["mine safety"])
        archive.saved.remember(archive.saved.get("returns"), archive.search("*").archive.generation)
        (archive.root / "saved" / "new.txt").write_text("The right to return is new.", "utf-8")
        archive.index(archive.root / "saved")
        with served(archive) as address:
            yield f"{address} {hit.article.id}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_api.sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@contextmanager
def opened(browser: Browser, *, unheeded: str = "status of 4", **options: Any) -> Iterator[Page]:
    """Open a page that takes no error on it, but for those that fit `unheeded`."""
    context = browser.new_context(**options)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda told: errors.append(told.text) if told.type == "error" else None)
    yield page
    context.close()
    # By itself, the browser tells of a page that says no, too.
    assert [error for error in errors if not re.search(unheeded, error)] == []


def at(samples: str, path: str) -> str:
    address, known = samples.split()
    return address + path.replace("{id}", known)


def test_somebody_searches_narrows_opens_and_copies_a_citation(
    browser: Browser, samples: str
) -> None:
    options = {"permissions": ["clipboard-read", "clipboard-write"]}
    with opened(browser, **options) as page:
        page.goto(at(samples, "/"))
        page.get_by_role("combobox", name="Search the archive").fill("surveyor")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=surveyor")
        before = page.locator(".hit").count()
        page.locator("aside .facet a", has_text="2014").first.or_(
            page.get_by_label("2014:", exact=False)
        ).first.click()
        page.wait_for_url("**date%3A2014*")
        assert 0 < page.locator(".hit").count() < before
        page.locator(".hit a.open").first.click()
        page.wait_for_url("**/article/**")
        mark = page.locator("article mark").first
        assert mark.inner_text().lower().startswith("surveyor")
        page.locator(".p.proof a.cite").first.click()
        page.get_by_text("Citation copied").wait_for()
        copied = page.evaluate("navigator.clipboard.readText()")
        assert mark.inner_text() in copied
        assert "SHA-256 of the quote" in copied


def test_everything_works_without_script(browser: Browser, samples: str) -> None:
    with opened(browser, java_script_enabled=False) as page:
        page.goto(at(samples, "/"))
        page.get_by_label("Search the archive").fill("surveyor or letter")
        page.get_by_role("button", name="Search").click()
        assert page.locator(".at.warning").is_visible()
        page.locator(".findings a").click()
        page.locator(".hit a.open").first.click()
        page.locator("a.cite").first.click()
        assert "SHA-256" in page.locator("pre").first.inner_text()
        page.get_by_role("link", name="Dark").click()
        assert page.locator("html").get_attribute("data-theme") == "dark"
        assert "/cite/" in page.url


def test_what_is_typed_is_completed_by_keyboard(browser: Browser, samples: str) -> None:
    with opened(browser) as page:
        page.goto(at(samples, "/help"))
        page.keyboard.press("/")
        box = page.locator("#q")
        page.keyboard.type("mine surv")
        page.get_by_role("listbox").wait_for()
        assert box.get_attribute("aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        chosen = page.locator(f"#{box.get_attribute('aria-activedescendant')}")
        assert chosen.get_attribute("aria-selected") == "true"
        page.keyboard.press("Enter")
        assert box.input_value().startswith("mine surv")
        assert page.get_by_role("listbox").is_hidden()
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=mine+surv*")
        page.keyboard.press("Escape")


def test_values_of_tags_are_completed_and_names_in_texts_lead_on(
    browser: Browser, samples: str
) -> None:
    with opened(browser) as page:
        page.goto(at(samples, "/"))
        page.get_by_role("combobox", name="Search the archive").focus()
        page.keyboard.type("place:Gen")
        page.get_by_role("option", name="place:Geneva").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**/?q=place%3AGeneva*")
        assert page.locator(".hit mark", has_text="Geneva").count()
        page.locator(".hit a.open").first.click()
        name = page.locator("article .words a.tag").first
        told = name.get_attribute("title") or ""
        name.click()
        page.wait_for_url("**/?q=**")
        assert told.partition(":")[0] in page.locator("#q").input_value()
        assert page.locator(".hit").count()


def test_a_saved_search_leads_to_what_is_new(browser: Browser, samples: str) -> None:
    with opened(browser) as page:
        page.goto(at(samples, "/"))
        page.locator(".saved a", has_text="returns").click()
        page.wait_for_url("**/?q=saved*")
        every = page.locator(".hit").count()
        page.goto(at(samples, "/"))
        page.locator(".saved a.new").click()
        assert 0 < page.locator(".hit").count() < every
        page.locator(".since a").click()
        assert page.locator(".hit").count() == every


def test_keys_go_from_hit_to_hit_and_open_one(browser: Browser, samples: str) -> None:
    with opened(browser) as page:
        page.goto(at(samples, "/?q=mine"))
        page.keyboard.press("j")
        page.keyboard.press("j")
        second = page.locator(".hit a.open").nth(1)
        assert second.evaluate("link => link === document.activeElement")
        page.keyboard.press("k")
        first = page.locator(".hit a.open").first
        assert first.evaluate("link => link === document.activeElement")
        page.keyboard.press("Enter")
        page.wait_for_url("**/article/**")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_light_and_dark_follow_the_system_until_somebody_switches(
    scheme: Any, browser: Browser, samples: str
) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with opened(browser, color_scheme=scheme) as page:
        page.goto(at(samples, "/?q=mine"))
        was = page.evaluate(ground)
        other = {"light": "Dark", "dark": "Light"}[scheme]
        page.get_by_role("link", name=other).click()
        assert page.evaluate(ground) != was
        page.reload()
        assert page.evaluate(ground) != was
        assert page.get_by_role("link", name=scheme.capitalize()).is_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_wider_than_the_screen(width: int, browser: Browser, samples: str) -> None:
    with opened(browser, viewport={"width": width, "height": 800}) as page:
        for path in SAMPLE_PAGES:
            page.goto(at(samples, path))
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_is_written_from_right_to_left_is_shown_so(browser: Browser, samples: str) -> None:
    with opened(browser) as page:
        page.goto(at(samples, "/?q=lang:ar"))
        for selector in (".hit h2", ".hit blockquote"):
            found = page.locator(selector).first
            assert found.evaluate("box => getComputedStyle(box).direction") == "rtl"
        page.goto(at(samples, "/?q=lang:en"))
        latin = page.locator(".hit h2").first
        assert latin.evaluate("box => getComputedStyle(box).direction") == "ltr"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDTHS[0], WIDTHS[-1]])
def test_axe_finds_no_violation(scheme: Any, width: int, browser: Browser, samples: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    viewport = {"width": width, "height": 800}
    with opened(browser, color_scheme=scheme, viewport=viewport, bypass_csp=True) as page:
        for path in SAMPLE_PAGES:
            page.goto(at(samples, path))
            found = axe.run(page).response["violations"]
            assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], path


def test_what_means_harm_does_none(browser: Browser, tmp_path: Path) -> None:
    with make_harmful(tmp_path / "archive") as archive, served(archive) as address:
        ids = [hit.article.id for hit in archive.search("harm").hits]
        with opened(browser) as page:
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.on("dialog", lambda dialog: pytest.fail(dialog.message))
            for path in (
                "/", "/?q=harm", "/files", *(f"/article/{one}?q=harm" for one in ids),
                *(f"/cite/{one}/0" for one in ids), "/?q=%3Cscript%3Ealert(1)%3C/script%3E",
            ):  # fmt: skip
                page.goto(address + path)
                page.locator("main").hover()
                assert page.evaluate("window.harmed") is None
                assert page.locator("main img, main script, main iframe").count() == 0
                assert set(page.eval_on_selector_all("a", _PROTOCOLS)) <= {"http:", "https:"}
            for path in ("/api/search?q=harm", f"/api/article/{ids[0]}", "/api/unsearchable"):
                page.goto(address + path)
                assert page.evaluate("window.harmed") is None
                assert page.locator("img, iframe").count() == 0
                assert not re.search("[\x1b\x9b\u202a-\u202e\u2066-\u2069]", page.content())
            page.goto(f"{address}/article/{ids[0]}")
            assert "<script>" in page.locator("article").inner_text()
            box = page.locator("#q")
            box.fill("topic:")
            page.get_by_role("listbox").wait_for()
            assert "<script>" in page.get_by_role("listbox").inner_text()
            assert page.evaluate("window.harmed") is None
            assert {url.split("/")[2] for url in asked} == {address.split("/")[2]}


def test_a_script_that_slips_in_is_stopped_by_the_policy(browser: Browser, samples: str) -> None:
    with opened(browser, unheeded="Content Security Policy") as page:
        page.goto(at(samples, "/"))
        stopped = page.evaluate(
            """() => new Promise((tell) => {
                document.addEventListener("securitypolicyviolation", (event) =>
                    tell(event.violatedDirective));
                const script = document.createElement("script");
                script.textContent = "window.harmed = 1";
                document.body.append(script);
                setTimeout(() => tell("nothing"), 2000);
            })"""
        )
        assert stopped == "script-src-elem"
        assert page.evaluate("window.harmed") is None
