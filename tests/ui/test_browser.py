"""The app in a real browser: search, switch the language, follow a reference, reopen a copied link; ask; compare, download, cover."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile

import pytest

from conftest import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

pytestmark = [
    pytest.mark.skipif(
        CHROMIUM is None, reason="no Chromium on this machine: install the package chromium to run the browser test"
    ),
    pytest.mark.filterwarnings("default"),
]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def address(index_folder):
    """The address of a running app."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(ROOT / "cli.py"), "serve", "--port", str(port)]
    environment = {**os.environ, "YAKKAN_INDEX": str(index_folder)}
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{url}/_stcore/health", timeout=1).close()
                break
            except OSError:
                time.sleep(0.5)
        else:
            pytest.fail("the app did not start within a minute")
        yield url
    finally:
        server.terminate()
        server.wait(20)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_visit(width, address, browser):
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="ja-JP")
    page.set_default_timeout(30_000)
    page.goto(address)

    page.get_by_label("さがすことば").fill("遅延損害金")
    page.get_by_role("button", name="検索").click()
    hit = page.locator(".yk-head a", has_text="遅延損害金").first
    hit.wait_for()
    assert page.locator("mark", has_text="遅延損害金").count() > 0
    assert "q=" in page.url

    page.get_by_role("radio", name="English").or_(page.get_by_role("button", name="English")).first.click()
    page.get_by_text("Find clauses of Japanese service terms").wait_for()
    assert "lang=en" in page.url
    page.locator("mark", has_text="遅延損害金").first.wait_for()

    page.goto(f"{address}/?lang=en&clause=ngn-vpn:22.1")
    page.locator(".yk-here a", has_text="第２０条").click()
    page.get_by_text("Art. 20", exact=False).first.wait_for()
    page.get_by_text("２倍に相当する金額").first.wait_for()
    assert "ngn-vpn%3A20" in page.url or "ngn-vpn:20" in page.url

    link = page.locator('[data-testid="stCode"]', has_text="http").first.inner_text().strip()
    assert link.startswith(address)
    again = browser.new_page(viewport={"width": width, "height": 900})
    again.goto(link)
    again.get_by_text("２倍に相当する金額").first.wait_for()

    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0
    again.close()
    page.close()


def test_from_search_to_a_comparison_and_its_report(address, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900}, locale="en-US")
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".yk-nav a", has_text="Compare").click()
    page.get_by_text("Choose the type of clause to compare").wait_for()
    assert page.url.startswith(f"{address}/compare?")
    assert page.locator(".yk-column").count() == 0

    page.get_by_role("combobox", name="Clause type").fill("jurisdiction")
    page.get_by_role("option", name="Jurisdiction / 合意管轄").click()
    page.locator(".yk-column").nth(4).wait_for()
    assert page.locator(".yk-column").count() == 5
    assert "type=jurisdiction" in page.url
    page.locator(".yk-column", has_text="Art. 33, para. 1").get_by_text("Tokyo District Court").first.wait_for()

    page.locator(".yk-column a", has_text="Art. 33, para. 1").click()
    page.locator(".yk-here", has_text="東京地方裁判所を第一審の専属的合意管轄裁判所とします。").wait_for()
    assert page.url.startswith(f"{address}/?")
    assert "clause=mdr-ndr%3A33.1" in page.url or "clause=mdr-ndr:33.1" in page.url
    page.go_back()
    page.locator(".yk-column").nth(4).wait_for()
    assert page.url == f"{address}/compare?lang=en&type=jurisdiction"

    with page.expect_download() as coming:
        page.get_by_role("button", name="Download Excel").click()
    assert coming.value.suggested_filename == "yakkan-jurisdiction.xlsx"
    with zipfile.ZipFile(coming.value.path()) as book:
        assert book.testzip() is None
        assert "xl/workbook.xml" in book.namelist()
        sheets = b"".join(book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/"))
        assert "東京地方裁判所" in sheets.decode("utf-8")
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_a_cell_of_the_coverage_opens_the_comparison(width, address, browser):
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="ja-JP")
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".yk-nav a", has_text="条項の有無").click()
    row = page.locator(".yk-matrix tbody tr", has_text="遅延損害金")
    row.locator("td a").first.wait_for()
    assert page.url.startswith(f"{address}/coverage?")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

    row.locator("td a").first.click()
    page.locator(".yk-column").nth(4).wait_for()
    assert page.url == f"{address}/compare?lang=ja&type=late-charge"
    page.locator(".yk-text", has_text="年率１４．６％").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.close()


@pytest.mark.parametrize("width", [1280, 390])
def test_asking_a_question(width, address, browser):
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="en-US")
    page.set_default_timeout(60_000)
    page.goto(address)
    page.locator(".yk-nav a", has_text="Ask").click()
    page.get_by_text("Type a question.", exact=False).wait_for()
    assert page.url.startswith(f"{address}/ask?")

    page.get_by_role("combobox", name="Services").click()
    page.get_by_role("option", name="MDR Service, NDR Menu").click()
    page.get_by_label("The customer's question").fill("Which court would hear a dispute over MDR?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.locator(".yk-title", has_text="Tokyo District Court (東京地方裁判所): Art. 33, para. 1").wait_for()
    page.locator("mark", has_text="東京地方裁判所").wait_for()
    page.locator(".yk-en", has_text="unofficial translation").wait_for()
    assert page.url == f"{address}/ask?lang=en&q=Which+court+would+hear+a+dispute+over+MDR%3F&in=mdr-ndr"
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    page.get_by_text("As e-mail text").click()
    page.locator('[data-testid="stCode"]', has_text="Only the Japanese terms are binding.").wait_for()

    page.locator(".yk-head a", has_text="Art. 33, para. 1").click()
    page.locator(".yk-here", has_text="東京地方裁判所を第一審の専属的合意管轄裁判所とします。").wait_for()
    assert page.url.startswith(f"{address}/?")
    page.go_back()
    page.locator(".yk-title", has_text="Tokyo District Court").wait_for()

    page.get_by_label("The customer's question").fill("What is the capital of France?")
    page.get_by_role("button", name="Ask", exact=True).click()
    page.get_by_text("The terms do not say, as far as could be found: “What is the capital of France?”", exact=False).wait_for()
    page.locator(".yk-title", has_text="Tokyo District Court").wait_for(state="detached")
    page.locator(".yk-examples a", has_text="Which court would hear a dispute over MDR?").click()
    page.locator(".yk-title", has_text="Tokyo District Court").wait_for()
    page.close()
