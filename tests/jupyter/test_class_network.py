"""A class finds the teacher's computer: the right address first, and a terminal text that says what to do."""

import io
import re
import sys
from types import SimpleNamespace

import numpy as np
import psutil
import pytest
import zxingcpp

from prolo_dash.jupyter import class_network as network
from prolo_dash.jupyter.class_network import Interface, invitation, likeliest_first, own_addresses

LOOP = Interface("lo", "127.0.0.1")
WIFI = Interface("wlan0", "192.168.1.23")
CABLE = Interface("Ethernet", "10.4.0.9")
DOCKER = Interface("docker0", "172.17.0.1")
WSL = Interface("vEthernet (WSL)", "172.28.0.1")
VPN = Interface("tun0", "10.8.0.2", tunnel=True)
ALONE = Interface("wlan0", "169.254.10.1")
LINK = "http://192.168.1.23:8866/"


@pytest.mark.parametrize(
    ("interfaces", "default_address", "expected"),
    [
        ([LOOP, WIFI], WIFI.address, ["192.168.1.23"]),
        ([LOOP, CABLE, WIFI], WIFI.address, ["192.168.1.23", "10.4.0.9"]),
        ([LOOP, DOCKER, WSL, WIFI], WIFI.address, ["192.168.1.23", "172.17.0.1", "172.28.0.1"]),
        (
            [LOOP, VPN, WIFI],
            VPN.address,
            ["192.168.1.23", "10.8.0.2"],
        ),  # a VPN takes the way out, pupils are in the Wi-Fi
        ([LOOP, ALONE, CABLE], "", ["10.4.0.9", "169.254.10.1"]),
        ([LOOP, WIFI], "", ["192.168.1.23"]),  # a hotspot without internet
        ([LOOP], "", []),
    ],
)
def test_the_address_that_pupils_reach_comes_first(interfaces, default_address, expected):
    assert likeliest_first(interfaces, default_address) == expected


def test_the_addresses_are_those_of_interfaces_that_are_up(monkeypatch):
    def address(text, family=network.socket.AF_INET):
        return SimpleNamespace(family=family, address=text, ptp=None)

    monkeypatch.setattr(network, "_default_address", lambda: "")
    states = {"lo": True, "wlan0": True, "eth0": False}
    monkeypatch.setattr(
        psutil, "net_if_stats", lambda: {name: SimpleNamespace(isup=is_up) for name, is_up in states.items()}
    )
    found = {
        "lo": [address("127.0.0.1")],
        "wlan0": [address("192.168.1.23"), address("fe80::1", network.socket.AF_INET6)],
        "eth0": [address("10.0.0.1")],
        "gone": [address("10.0.0.2")],
    }
    monkeypatch.setattr(psutil, "net_if_addrs", lambda: found)
    assert own_addresses() == ["192.168.1.23"]


def test_no_other_host_is_asked_for_the_address(monkeypatch):
    sent = []
    for name in ("send", "sendto", "sendall", "sendmsg"):
        monkeypatch.setattr(network.socket.socket, name, lambda *args: sent.append(args), raising=False)
    monkeypatch.setattr(network.socket, "getaddrinfo", lambda *args: sent.append(args))
    own_addresses()
    assert sent == []


def code_in(text: str) -> list[str]:
    """What a phone reads in half blocks: "▀" is light above and dark below."""
    lines = [line for line in text.split("\n") if set(line) and set(line) <= set("█▀▄ ")]
    halves = [[[char in light for char in line] for light in ("█▀", "█▄")] for line in lines]
    light = np.array([row for pair in halves for row in pair], dtype=np.uint8) * 255
    return [found.text for found in zxingcpp.read_barcodes(np.kron(light, np.ones((6, 6), dtype=np.uint8)))]


def test_the_terminal_shows_a_code_that_leads_to_the_link_other_links_and_what_to_do():
    text = invitation([LINK, "http://10.4.0.9:8866/"], 8866)
    assert code_in(text) == [LINK]
    assert "http://10.4.0.9:8866/" in text
    assert "port 8866" in text
    for word in ("same network", "guest network", "firewall", "hotspot", "build --one-file"):
        assert word in text


def test_on_a_light_terminal_the_code_is_dark_on_light_too(monkeypatch):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setattr(sys, "platform", "linux")
    text = invitation([LINK], 8866)
    coloured = re.findall(r"\x1b\[97;40m([█▀▄ ]+)\x1b\[0m", text)
    assert code_in("\n".join(coloured)) == [LINK]


def test_a_terminal_without_such_characters_gets_the_words_alone(monkeypatch):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    text = invitation([LINK], 8866)
    text.encode("cp1252")
    assert "same network" in text
