"""Requests as browsers and proxies export them -> the hits in them, and what is said of these."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

import pytest

from tagkit.replay.command import replay
from tagkit.replay.har import Entry
from tagkit.replay.hits import Hit, hits_of

if TYPE_CHECKING:
    from pathlib import Path

    from tagkit.replay.command import Replayed

Json = Any

GA4 = (
    "v=2&tid=G-1A2B3C4D5E&_p=77&gcs=G111&gcd=13l3l3l3l1l1&dma=1&dl=https%3A%2F%2Fherbata.example%2F"
)
ADD = "en=add_to_cart&cu=PLN&epn.value=49.9&pr1=idTEA-12~nmSencha~pr49.9~qt1"
TR = "https://www.facebook.com/tr/"
PURCHASE = (
    "id=1234567890123456&ev=Purchase&dl=https%3A%2F%2Fherbata.example%2F&cd%5Bvalue%5D=49.9"
    "&cd%5Bcurrency%5D=PLN&cd%5Bcontent_ids%5D=%5B%22TEA-12%22%5D&eid=12.3"
)
AS_SENT = [dict(zip(("name", "value"), one.split("="), strict=True)) for one in PURCHASE.split("&")]
DECODED = [{"name": name, "value": value} for name, value in parse_qsl(PURCHASE)]
EDGE = "----WebKitFormBoundaryx2Yl"
MULTIPART = (
    "".join(
        f'--{EDGE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in parse_qsl(PURCHASE)
    )
    + f"--{EDGE}--\r\n"
)
PLAN = """
tagkit: 1
business: {name: Zielona Herbata, currency: PLN}
google_analytics: {measurement_id: G-1A2B3C4D5E}
meta_pixel: {pixel_id: "1234567890123456"}
consent: {mode: basic}
macro_conversions: [purchase]
micro_conversions:
  - add_to_cart
  - id: ride
    trigger: {event: ride}
    google_analytics:
      event: lead
      parameters:
        lead_source: ride
        worth: {value: "49,90", type: number}
        zone: {pushed: zone, required: true}
  - {id: offer, trigger: {event: a}, google_analytics: {event: book, parameters: {day: {pushed: day, required: true}}}}
  - {id: table, trigger: {event: b}, google_analytics: {event: book}}
"""


def entry(url: str, **more: Json) -> Json:
    request = {"url": url, "method": "POST" if "posted" in more else "GET"}
    if more.get("posted"):
        request["postData"] = more["posted"]
    response = more.get("response", {"status": 204})
    time = f"2026-11-22T10:00:{more.get('second', 0):02}.000+01:00"
    return {"pageref": "page_1", "startedDateTime": time, "request": request, "response": response}


def hits(url: str, **more: Json) -> list[Hit]:
    return list(hits_of(Entry(1, 1, 1, entry(url, **more))))


def judged(folder: Path, *listed: Json) -> Replayed:
    (folder / "plan.yaml").write_text(PLAN, "utf-8")
    (folder / "visit.har").write_text(json.dumps({"log": {"entries": listed}}), "utf-8")
    return replay(folder / "plan.yaml", folder / "visit.har")


def said(done: Replayed) -> list[str]:
    return [f"{one.rule.code} {one.message}" for one in done.report.diagnostics]


def fired(done: Replayed) -> dict[str, tuple[int, int]]:
    assert done.summary is not None
    return {row.id: (row.fired, row.unsure) for row in done.summary.rows if row.fired + row.unsure}


@pytest.mark.parametrize(
    ("host", "is_ga4s"),
    [
        ("www.google-analytics.com", True),
        ("region1.analytics.google.com", True),
        ("analytics.google.com", True),
        ("sgtm.herbata.example", True),
        ("www.notgoogle.com", True),
        ("stats.g.doubleclick.net", False),
        ("www.google.com", False),
        ("www.google.pl", False),
        ("www.googletagmanager.com", False),
    ],
)
def test_hosts_of_ga4(host: str, is_ga4s: bool) -> None:
    assert bool(hits(f"https://{host}/g/collect?{GA4}&{ADD}")) is is_ga4s


@pytest.mark.parametrize(
    "posted",
    [
        {"mimeType": "application/x-www-form-urlencoded", "text": PURCHASE, "params": AS_SENT},
        {"mimeType": "application/x-www-form-urlencoded", "params": AS_SENT},
        {"mimeType": "application/x-www-form-urlencoded", "params": DECODED},
        {"mimeType": f"multipart/form-data; boundary={EDGE}", "text": MULTIPART, "params": []},
        {"mimeType": "multipart/form-data", "text": MULTIPART.replace("\r\n", "\n")},
        {"mimeType": "multipart/form-data", "params": DECODED},
        {"text": f"Content-Type: multipart/form-data\r\nContent-Length: 9\r\n\r\n{MULTIPART}"},
        {"text": f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: 9\r\n\r\n{PURCHASE}"},
    ],
)
def test_a_form_for_meta(posted: Json) -> None:
    (hit,) = hits(TR, posted=posted)
    assert (hit.event, hit.id, hit.event_id) == ("Purchase", "1234567890123456", "12.3")
    assert hit.parameters == {"value": "49.9", "currency": "PLN", "content_ids": '["TEA-12"]'}


def test_a_body_in_base64() -> None:
    text = base64.b64encode(f"en=scroll\r\n{ADD}".encode()).decode()
    url = f"https://sgtm.herbata.example/g/collect?{GA4}"
    for key in ("encoding", "_encoding"):
        found = hits(url, posted={"text": text, key: "base64"})
        assert [hit.event for hit in found] == ["scroll", "add_to_cart"]
    assert hits(url, posted={"text": "x", "encoding": "base64"}) == []


def test_a_field_of_several_lines() -> None:
    value = "first\r\n--second\r\n\r\nthird"
    more = f'--{EDGE}\r\nContent-Disposition: form-data; name="cd[note]"\r\n\r\n{value}\r\n'
    (hit,) = hits(TR, posted={"text": more + MULTIPART})
    assert hit.parameters["note"] == value


def test_a_body_with_the_headers_before_it() -> None:
    text = f"Content-Type: text/plain;charset=UTF-8\r\nContent-Length: 9\r\n\r\nen=scroll\r\n{ADD}"
    found = hits(f"https://sgtm.herbata.example/g/collect?{GA4}", posted={"text": text})
    assert [hit.event for hit in found] == ["scroll", "add_to_cart"]


def test_a_long_body_takes_no_time() -> None:
    """A pattern over the whole of it took minutes."""
    posted = {"text": "--x\n" + 'name="a"\n' * 100_000}
    assert hits(TR, posted=posted) == []
    assert hits(TR, posted={"text": "id=1&ev=a&cd=" + "x" * 2_000_000}) == []


def test_a_hit_that_is_sent_on_is_one(tmp_path: Path) -> None:
    query = f"?{PURCHASE}"
    onwards = {"status": 307, "redirectURL": f"{TR}{query}"}
    first = entry(f"http://www.facebook.com/tr/{query}", response=onwards)
    done = judged(tmp_path, first, entry(f"{TR}{query}"))
    assert said(done) == []
    assert fired(done) == {"purchase": (1, 0)}
    copied = {"status": 302, "redirectURL": f"https://www.google.com/ads/ga?{GA4}&{ADD}"}
    assert hits(f"https://sgtm.herbata.example/g/collect?{GA4}&{ADD}", response=copied) != []


def test_events_that_waited_for_each_other(tmp_path: Path) -> None:
    """GA4 sends together what happened within five seconds."""
    url = f"https://sgtm.herbata.example/g/collect?{GA4}"
    apart = entry(url, posted={"text": f"{ADD}&_et=9\r\n{ADD}&_et=3500"})
    assert said(judged(tmp_path, apart)) == []
    (one,) = said(judged(tmp_path, entry(url, posted={"text": f"{ADD}\r\n{ADD}&_et=12\r\nen="})))
    assert one.startswith("TK572 GA4 got 'add_to_cart' (add_to_cart) twice within a second")
    late = entry(f"{url}&{ADD}", second=1)
    assert len(said(judged(tmp_path, apart, late))) == 1


def test_a_body_that_the_har_lacks(tmp_path: Path) -> None:
    url, other = (f"https://sgtm.herbata.example/g/collect?v=2&tid=G-{one}"
                  for one in ("1A2B3C4D5E", "OTHER12345"))  # fmt: skip
    done = judged(tmp_path, entry(url, posted=None), entry(TR, posted={"text": ""}),
                  entry(other, posted=None))  # fmt: skip
    without, elsewhere = said(done)
    assert without.startswith("TK555 the HAR lacks the body of 2 requests to GA4 and Meta: which")
    assert elsewhere.startswith("TK571 1 hit went to G-OTHER12345")
    assert said(judged(tmp_path, entry(f"{url}&{ADD}", posted=None))) == []


def test_a_fixed_parameter_with_another_value_is_another_event(tmp_path: Path) -> None:
    url = f"https://www.google-analytics.com/g/collect?{GA4}&en=lead&ep.zone=x"
    ours = f"{url}&ep.lead_source=ride&epn.worth=49.9"
    done = judged(tmp_path, entry(ours), entry(f"{url}&ep.lead_source=contact"))
    assert fired(done) == {"ride": (1, 0)}
    (one,) = done.report.diagnostics
    assert one.message.startswith(
        "GA4 got 'lead' with lead_source 'contact', and no conversion sends that"
    )
    assert one.hint == "'ride' sends it with 'ride'"


def test_one_of_several_may_have_fired(tmp_path: Path) -> None:
    """One of them has no contract: nobody can say that it was broken."""
    url = f"https://www.google-analytics.com/g/collect?{GA4}&en=book"
    done = judged(tmp_path, entry(url))
    assert said(done) == []
    assert fired(done) == {"offer": (0, 1), "table": (0, 1)}


DENIED = "https://www.google-analytics.com/g/collect?v=2&tid=G-1A2B3C4D5E&gcs=G100&en=scroll"
GRANTED = DENIED.replace("G100", "G111")
PAGE_VIEW = f"{TR}?id=1234567890123456&ev=PageView"


@pytest.mark.parametrize(
    ("urls", "told"),
    [
        ([DENIED, PAGE_VIEW, DENIED], ["GA4 got 2 hits", "Meta got 1 hit"]),
        ([DENIED, PAGE_VIEW, GRANTED], ["GA4 got 1 hit"]),  # the visitor chose before, or after
        ([DENIED, PAGE_VIEW], ["GA4 got 1 hit"]),
        ([DENIED, GRANTED, PAGE_VIEW, DENIED], ["GA4 got 2 hits"]),
        ([PAGE_VIEW, DENIED], ["GA4 got 1 hit"]),
    ],
)
def test_what_meta_got_without_consent(tmp_path: Path, urls: list[str], told: list[str]) -> None:
    listed = [entry(url, second=number) for number, url in enumerate(urls)]
    found = [one for one in said(judged(tmp_path, *listed)) if "TK573" in one]
    assert [one[len("TK573 ") :].partition(" while")[0] for one in found] == told


def test_what_was_blocked_has_not_arrived(tmp_path: Path) -> None:
    stopped = entry(DENIED, response={"_error": "net::ERR_BLOCKED_BY_CLIENT"})
    assert said(judged(tmp_path, stopped)) == []


def test_other_ids_and_events_are_not_all_told(tmp_path: Path) -> None:
    ids = [entry(f"https://x.example/g/collect?v=2&tid=G-{n}&en=a") for n in range(60)]
    names = [entry(f"https://x.example/g/collect?{GA4}&en=other{n}") for n in range(60)]
    found = said(judged(tmp_path, *ids, *names))
    assert len(found) == 102
    assert [one.partition(" (entry")[0] for one in found if "and 10 more" in one] == [
        "TK571 and 10 more IDs that the plan does not have",
        "TK570 and 10 more events that the plan does not have",
    ]


def test_parameters_with_a_short_name_and_those_of_the_user() -> None:
    url = f"https://x.example/g/collect?{GA4}&en=a&dt=Tea&dr=r&ul=pl&uid=7&cu=PLN&up.plan=x&upn.n=1"
    (hit,) = hits(url)
    assert hit.parameters == {
        "page_location": "https://herbata.example/",
        "page_title": "Tea",
        "page_referrer": "r",
        "language": "pl",
        "user_id": "7",
        "currency": "PLN",
    }


def test_a_har_without_hits(tmp_path: Path) -> None:
    done = judged(tmp_path, entry("https://herbata.example/"))
    assert done.summary is not None
    assert "none of the requests is a hit of GA4 or Meta" in done.summary.table()
    done = judged(tmp_path, entry(f"{TR}?{PURCHASE}"))
    assert done.summary is not None
    assert "none of the requests" not in done.summary.table()
