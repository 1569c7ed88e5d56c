import pytest

from digests.errors import AddressRefusedError
from digests.gather.addresses import AddressPolicy


def connects(policy, address, port=443, host=""):
    try:
        policy.check_connection(address, port, host)
    except AddressRefusedError:
        return False
    return True


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("127.0.0.1", id="loopback"),
        pytest.param("127.9.9.9", id="the rest of loopback"),
        pytest.param("0.0.0.0", id="this host"),
        pytest.param("10.1.2.3", id="private 10"),
        pytest.param("172.16.0.1", id="private 172.16"),
        pytest.param("192.168.1.1", id="private 192.168"),
        pytest.param("169.254.169.254", id="link-local, where clouds keep credentials"),
        pytest.param("100.64.0.1", id="carrier-grade NAT"),
        pytest.param("198.18.0.1", id="benchmarking"),
        pytest.param("192.0.2.1", id="documentation"),
        pytest.param("192.88.99.1", id="6to4 relay"),
        pytest.param("224.0.0.1", id="multicast"),
        pytest.param("239.255.255.250", id="multicast, where devices announce themselves"),
        pytest.param("240.0.0.1", id="reserved"),
        pytest.param("255.255.255.255", id="broadcast"),
        pytest.param("::1", id="IPv6 loopback"),
        pytest.param("::", id="IPv6 unspecified"),
        pytest.param("fe80::1", id="IPv6 link-local"),
        pytest.param("fe80::1%eth0", id="IPv6 link-local with a zone"),
        pytest.param("fc00::1", id="IPv6 unique local"),
        pytest.param("fec0::1", id="IPv6 site-local"),
        pytest.param("ff02::1", id="IPv6 multicast"),
        pytest.param("2001:db8::1", id="IPv6 documentation"),
        pytest.param("::ffff:127.0.0.1", id="mapped loopback"),
        pytest.param("::ffff:10.0.0.1", id="mapped private"),
        pytest.param("::127.0.0.1", id="IPv4-compatible loopback"),
        pytest.param("64:ff9b::10.0.0.1", id="NAT64 of a private one"),
        pytest.param("64:ff9b:1::10.0.0.1", id="local NAT64 of a private one"),
        pytest.param("2002:7f00:1::", id="6to4 of loopback"),
        pytest.param("2002:0a00:0001::1", id="6to4 of a private one"),
        pytest.param("2001:0:4136:e378:8000:63bf:f5ff:fffe", id="Teredo of a private one"),
        pytest.param("2001:0:0a00:1:8000:63bf:f7f7:f7f7", id="Teredo by a private server"),
        pytest.param("64:ff9b:1:7f00:0:100:808:808", id="local NAT64 of loopback, in the middle"),
        pytest.param("64:ff9b:1::8.8.8.8", id="local NAT64 of whatever"),
        pytest.param("2a00:1450::5efe:10.0.0.1", id="ISATAP of a private one"),
        pytest.param("2a00:1450::200:5efe:10.0.0.1", id="ISATAP of a private one that is unique"),
        pytest.param("3fff::1", id="IPv6 documentation of later"),
        pytest.param("5f00::1", id="segment routing"),
    ],
)
def test_what_is_not_public_is_refused(address):
    assert not connects(AddressPolicy(), address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "100.128.0.1", "2a00:1450::1", "64:ff9b::8.8.8.8"])
def test_the_public_internet_is_open(address):
    assert connects(AddressPolicy(), address)


@pytest.mark.parametrize(("port", "open_"), [(80, True), (443, True), (8080, True), (22, False), (6379, False)])
def test_only_at_the_webs_ports(port, open_):
    assert connects(AddressPolicy(), "8.8.8.8", port) is open_


@pytest.mark.parametrize(
    ("allowed", "address", "port", "open_"),
    [
        pytest.param("10.0.0.0/8", "10.1.2.3", 9000, True, id="a network, at any port"),
        pytest.param("10.0.0.0/8", "11.1.2.3", 9000, False, id="not its neighbour"),
        pytest.param("10.0.0.0/8", "192.168.0.1", 80, False, id="nor another network"),
        pytest.param("192.168.1.7", "192.168.1.7", 80, True, id="an address"),
        pytest.param("192.168.1.7", "192.168.1.8", 80, False, id="not the next address"),
        pytest.param("127.0.0.1:9000", "127.0.0.1", 9000, True, id="an address at a port"),
        pytest.param("127.0.0.1:9000", "127.0.0.1", 9001, False, id="not at the next port"),
        pytest.param("127.0.0.1:9000", "127.0.0.2", 9000, False, id="not the next address at it"),
        pytest.param("fd00::/8", "fd12::1", 80, True, id="an IPv6 network"),
        pytest.param("[::1]:9000", "::1", 9000, True, id="an IPv6 address at a port"),
        pytest.param("[::1]:9000", "127.0.0.1", 9000, False, id="not its namesake"),
        pytest.param(" 10.0.0.0/8 ", "10.1.2.3", 80, True, id="blanks around"),
    ],
)
def test_the_operator_may_allow_more(allowed, address, port, open_):
    assert connects(AddressPolicy([allowed]), address, port) is open_


@pytest.mark.parametrize(
    ("host", "port", "open_"),
    [
        pytest.param("intranet.example", 9000, True, id="that name"),
        pytest.param("Intranet.Example", 9000, True, id="that name in capitals"),
        pytest.param("intranet.example", 9001, False, id="at another port"),
        pytest.param("other.example", 9000, False, id="another name that leads there"),
        pytest.param("", 9000, False, id="the address alone"),
    ],
)
def test_what_is_allowed_by_name_is_reached_by_that_name_alone(host, port, open_):
    policy = AddressPolicy(["intranet.example:9000"])
    policy.check_connection("10.0.0.5", 9000, "intranet.example")
    assert connects(policy, "10.0.0.5", port, host) is open_


@pytest.mark.parametrize("wrong", ["", "10.0.0.0/99", "host:", "host:0", "host:65536", "host:http", "a b", ":80"])
def test_an_exception_that_is_none_is_refused_at_once(wrong):
    with pytest.raises(ValueError, match="neither a network nor host:port"):
        AddressPolicy([wrong])


@pytest.mark.parametrize(
    "url",
    [
        "https://agency.example/feed.xml",
        "http://agency.example:8080/",
        "http://10.0.0.1/",  # whether it is public is asked at connect time
        "http://xn--e1afmkfd.example/",
    ],
)
def test_a_web_address_passes(url):
    assert str(AddressPolicy().check_url(url)) == url


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("file:///etc/passwd", id="file"),
        pytest.param("ftp://agency.example/feed", id="ftp"),
        pytest.param("gopher://agency.example/", id="gopher"),
        pytest.param("agency.example/feed", id="no scheme"),
        pytest.param("https:///feed", id="no host"),
        pytest.param("https://user:word@agency.example/", id="credentials"),
        pytest.param("https://user@agency.example/", id="user alone"),
        pytest.param("https://:word@agency.example/", id="password alone"),
        pytest.param("http://agency.example:22/", id="the port of SSH"),
        pytest.param("http://agency.example:0/", id="port zero"),
        pytest.param("http://agency.example:99999/", id="port out of range"),
        pytest.param("http://[::1/", id="broken"),
        pytest.param("", id="nothing"),
    ],
)
def test_anything_else_is_refused_before_a_connection(url):
    with pytest.raises(AddressRefusedError) as refused:
        AddressPolicy().check_url(url)
    assert "agency" not in str(refused.value)


@pytest.mark.parametrize(
    ("allowed", "passes"),
    [
        pytest.param("agency.example:9000", True, id="that name and port"),
        pytest.param("agency.example", True, id="that name"),
        pytest.param("10.0.0.0/8", True, id="a network it may lead to"),
        pytest.param("agency.example:9001", False, id="another port"),
        pytest.param("other.example:9000", False, id="another name"),
        pytest.param("127.0.0.1:9001", False, id="an address at another port"),
    ],
)
def test_an_odd_port_needs_an_exception(allowed, passes):
    policy = AddressPolicy([allowed])
    if passes:
        policy.check_url("http://AGENCY.example:9000/")
    else:
        with pytest.raises(AddressRefusedError):
            policy.check_url("http://agency.example:9000/")
