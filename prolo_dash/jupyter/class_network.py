"""The addresses at which a class in the same network reaches this computer. Finding them contacts no other host."""

import io
import re
import socket
import sys
from dataclasses import dataclass

import psutil
import segno

EVERYWHERE = "0.0.0.0"  # every address of this computer
NO_NETWORK = """\
This computer is in no network, so nobody else can open the page.
Join the Wi-Fi of your class, or switch on a hotspot on your phone, and try again.
Or hand the page out as one file: prolo-dash build --one-file explainer.html"""
_TROUBLESHOOTING = """\
If pupils can't open the link:
- Their devices must be in the same network as this computer. A guest network often keeps devices apart: use another.
- A firewall on this computer may keep them out: let port {port} (TCP) in.
- Else put everybody on your phone's hotspot, or hand the page out as one file:
  prolo-dash build --one-file explainer.html
"""
# Virtual networks inside this computer, and tunnels: pupils are in none of them.
_NOT_A_LAN = re.compile(
    r"docker|veth|virbr|br-|lxc|lxd|podman|cni|vmnet|vbox|virtualbox|vmware|vethernet|hyper-v|wsl"
    r"|tun|tap|utun|wg|wireguard|ppp|ipsec|tailscale|zt|zerotier|vpn",
    re.IGNORECASE,
)

_WHITE_ON_BLACK, _RESET_COLOURS = "\x1b[97;40m", "\x1b[0m"


@dataclass(frozen=True)
class Interface:
    """A network interface that is up, with one IPv4 address. ``tunnel``: it leads to one other computer, as VPNs do."""

    name: str
    address: str
    tunnel: bool = False


def likeliest_first(interfaces: list[Interface], default_address: str) -> list[str]:
    """The addresses that others may reach, the likeliest first.

    ``default_address`` is the one that leads to the internet. That may be a VPN's, so the kind of an interface counts
    for more. 169.254.… is what a computer gives itself where no network gave it an address.
    """

    def doubts(found: Interface) -> tuple[bool, bool, bool]:
        inside = found.tunnel or bool(_NOT_A_LAN.match(found.name))
        return found.address.startswith("169.254."), inside, found.address != default_address

    usable = [found for found in interfaces if not found.address.startswith("127.")]
    return list(dict.fromkeys(found.address for found in sorted(usable, key=doubts)))


def own_addresses() -> list[str]:
    """The addresses of this computer in its networks, the likeliest first; none where there is no network."""
    return likeliest_first(_interfaces(), _default_address())


def _interfaces() -> list[Interface]:
    states = psutil.net_if_stats()
    return [
        Interface(name, known.address, tunnel=known.ptp is not None)
        for name, addresses in psutil.net_if_addrs().items()
        if name in states and states[name].isup
        for known in addresses
        if known.family == socket.AF_INET
    ]


def _default_address() -> str:
    """The address of the default route. Nothing is sent: connecting a UDP socket only looks up the route."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # an address reserved for documentation (RFC 5737)
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def link(address: str, port: int, prefix: str = "/") -> str:
    """The address of the page."""
    host = f"[{address}]" if ":" in address else address
    return f"http://{host}:{port}{prefix}"


def invitation(links: list[str], port: int) -> str:
    """The text after the first link in the terminal: its QR code, other links, and troubleshooting."""
    others = "".join(f"If that link does not open, try {other}\n" for other in links[1:])
    return f"\n\n{_code(links[0])}\n{others}{_TROUBLESHOOTING.format(port=port)}"


def teacher_link(address: str, secret: str) -> str:
    """The text with the link for the teacher. Its secret is behind “#”, so no browser sends it and no log has it."""
    return f"\nFor you alone, to lead a class:\n{address}#teach={secret}\n"


def teacher_link_without_secret(address: str) -> str:
    """The same where somebody has chosen the secret, and perhaps a log keeps what is printed."""
    return f"\nTo lead a class: {address}#teach= and after it the teacher’s secret\n"


def _code(text: str) -> str:
    """A QR code for the terminal; empty if the terminal's encoding lacks the block characters."""
    drawn = io.StringIO()
    segno.make(text, micro=False).terminal(out=drawn, compact=True)
    lines = drawn.getvalue().splitlines()
    try:
        "".join(lines).encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return ""
    # Segno draws in the terminal's foreground colour, so a light terminal would show an inverted code, which not every
    # phone reads. (Windows' terminals are dark, and older ones print escape codes as text.)
    if sys.stdout.isatty() and sys.platform != "win32":
        lines = [f"{_WHITE_ON_BLACK}{line}{_RESET_COLOURS}" for line in lines]
    return "\n".join(lines) + "\n"
