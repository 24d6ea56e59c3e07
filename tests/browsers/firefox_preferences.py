"""What Firefox's profile says: save without asking, and talk to nobody but the page's own server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

Value = str | int | bool

_SAVING: dict[str, Value] = {
    "browser.download.folderList": 2,  # the folder in browser.download.dir
    "browser.download.useDownloadDir": True,
    "browser.download.always_ask_before_handling_new_types": False,
    "browser.download.alwaysOpenPanel": False,
}

_QUIET: dict[str, Value] = {
    # The start: no page of Mozilla's, no question.
    "browser.startup.page": 0,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.newtabpage.activity-stream.feeds.system.topstories": False,
    "browser.topsites.contile.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    # Updates: of the browser, its add-ons, its lists and its codecs.
    "app.update.disabledForTesting": True,
    "extensions.update.enabled": False,
    "extensions.systemAddon.update.enabled": False,
    "extensions.systemAddon.update.url": "",
    "extensions.getAddons.cache.enabled": False,
    "media.gmp-manager.updateEnabled": False,
    "media.gmp-provider.enabled": False,
    "services.settings.server": "data:,#no-remote-settings/v1",
    "browser.region.update.enabled": False,
    "browser.region.network.url": "",
    "browser.search.update": False,
    # Telemetry and experiments.
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "toolkit.telemetry.server": "data:,",
    "app.normandy.enabled": False,
    "app.shield.optoutstudies.enabled": False,
    "messaging-system.rsexperimentloader.enabled": False,
    # Looking after the network, and after addresses.
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "network.dns.disablePrefetch": True,
    "network.http.speculative-parallel-limit": 0,
    "network.prefetch-next": False,
    "network.trr.mode": 5,  # no DNS over HTTPS, by choice
    "security.OCSP.enabled": 0,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.safebrowsing.downloads.enabled": False,
    "browser.safebrowsing.blockedURIs.enabled": False,
    "browser.safebrowsing.update.enabled": False,
    "dom.push.connection.enabled": False,
}


def preferences(downloads: Path, proxy: int) -> Iterator[tuple[str, Value]]:
    """Yield each preference: saves go to ``downloads``, and everything beyond this machine to the proxy's port."""
    yield from _SAVING.items()
    yield from _QUIET.items()
    yield "browser.download.dir", str(downloads)
    yield "network.proxy.type", 1
    yield "network.proxy.no_proxies_on", "127.0.0.1"
    for scheme in ("http", "ssl"):
        yield f"network.proxy.{scheme}", "127.0.0.1"
        yield f"network.proxy.{scheme}_port", proxy
