import pytest
from multidict import CIMultiDict

from digests.gather.challenges import is_challenge

CLOUDFLARE = b'<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>'
DETECTIONS = b"<script>a.src='/cdn-cgi/challenge-platform/scripts/jsd/main.js'</script>"
IMPERVA = b'<script src="/_Incapsula_Resource?SWJIYLWA=719d34d31c8e3a6e6fffd425f7e032f3"></script>'
ARTICLE = b"<p>The mayor of Larton opened the bridge on Monday.</p>"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        pytest.param(403, {"CF-Mitigated": "challenge"}, b"", id="Cloudflare's header"),
        pytest.param(503, {}, b"<title>Just a moment...</title>" + CLOUDFLARE, id="Cloudflare's page"),
        pytest.param(202, {"X-Amzn-Waf-Action": "challenge"}, b"", id="Amazon's"),
        pytest.param(403, {"X-DataDome": "protected"}, b"", id="DataDome's"),
        pytest.param(200, {}, b'<iframe src="/_Incapsula_Resource?SWUDNSAI=31">', id="Imperva's, as if all were well"),
        pytest.param(403, {}, b'<script src="https://check.ddos-guard.net/check.js">', id="DDoS-Guard's"),
        pytest.param(200, {}, b'<link href="/.within.website/x/cmd/anubis/static/a.css">' + ARTICLE * 20, id="Anubis"),
        pytest.param(200, {}, CLOUDFLARE + b"<script>window._cf_chl_opt={}</script>" + ARTICLE * 20, id="its options"),
        pytest.param(200, {}, b"<title>Just a moment...</title>" + CLOUDFLARE + ARTICLE * 20, id="its title"),
    ],
)
def test_guards_are_recognized(status, headers, body):
    assert is_challenge(status, CIMultiDict(headers), body)


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        pytest.param(200, {"Server": "cloudflare"}, ARTICLE, id="a site behind a guard"),
        pytest.param(403, {"Server": "cloudflare"}, b"Forbidden", id="a refusal"),
        pytest.param(503, {}, b"Down for maintenance", id="a site out of order"),
        pytest.param(200, {"X-DataDome": "protected"}, ARTICLE, id="a guard that lets us pass"),
        pytest.param(200, {}, ARTICLE * 1000 + CLOUDFLARE, id="an article with a guard's script"),
        pytest.param(200, {}, ARTICLE * 100 + DETECTIONS, id="a short article with a script that looks at browsers"),
        pytest.param(200, {}, IMPERVA + ARTICLE * 100, id="a short article with Imperva's script"),
        pytest.param(200, {}, b"<title>Just a moment</title>" + ARTICLE * 20, id="an article of that title"),
        pytest.param(200, {}, b"\n<rss><item><title>cf_chl_opt</title></item></rss>", id="a feed that tells of guards"),
        pytest.param(200, {}, b"\xef\xbb\xbf<?xml version='1.0'?><feed>_Incapsula_Resource</feed>", id="another"),
        pytest.param(200, {}, b'{"version": "1", "items": [{"title": "px-captcha"}]}', id="a JSON feed of guards"),
    ],
)
def test_sites_are_not_taken_for_guards(status, headers, body):
    assert not is_challenge(status, CIMultiDict(headers), body)
