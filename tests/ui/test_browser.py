"""The Search page in a real browser: search, switch the language, follow a reference, reopen a copied link."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

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
