"""USPTO trademark daily XML of any size, with case-files of the size and shape of real ones (about 14 kB
each).
"""

import random
from collections.abc import Iterator

from app.demo import words
from app.demo.invent import Inventor

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<trademark-applications-daily>'
    "<version><version-no>2.0</version-no><version-date>20041108</version-date></version>"
    "<creation-datetime>202601020330</creation-datetime><application-information>"
    "<file-segments><file-segment>TRMK</file-segment><action-keys><action-key>TX</action-key>\n"
)
_TAIL = "</action-keys></file-segments></application-information></trademark-applications-daily>\n"
_FLAGS = (
    "principal-register-amended-in", "supplemental-register-amended-in", "trademark-in",
    "collective-trademark-in", "service-mark-in", "collective-service-mark-in",
    "collective-membership-mark-in", "certification-mark-in", "cancellation-pending-in",
    "published-concurrent-in", "concurrent-use-in", "concurrent-use-proceeding-in",
    "interference-pending-in", "opposition-pending-in", "section-12c-in", "section-2f-in",
    "section-2f-in-part-in", "renewal-filed-in", "section-8-filed-in", "section-8-partial-accept-in",
    "section-8-accepted-in", "section-15-acknowledged-in", "section-15-filed-in",
    "supplemental-register-in", "foreign-priority-in", "change-registration-in", "intent-to-use-in",
    "intent-to-use-current-in", "filed-as-use-application-in", "amended-to-use-application-in",
    "use-application-currently-in", "amended-to-itu-application-in", "filing-basis-filed-as-44d-in",
    "amended-to-44d-application-in", "filing-basis-current-44d-in", "filing-basis-filed-as-44e-in",
    "filing-basis-current-44e-in", "amended-to-44e-application-in", "without-basis-currently-in",
    "filing-current-no-basis-in", "color-drawing-filed-in", "color-drawing-current-in",
    "drawing-3d-filed-in", "drawing-3d-current-in", "standard-characters-claimed-in",
    "filing-basis-filed-as-66a-in", "filing-basis-current-66a-in",
)  # fmt: skip
_EVENTS = (
    "NEW APPLICATION ENTERED",
    "ASSIGNED TO EXAMINER",
    "NON-FINAL ACTION E-MAILED",
    "RESPONSE RECEIVED",
    "APPROVED FOR PUB - PRINCIPAL REGISTER",
    "PUBLISHED FOR OPPOSITION",
    "REGISTERED-PRINCIPAL REGISTER",
    "NOTICE OF ACCEPTANCE",
    "ATTORNEY/DOM.REP.REVOKED AND/OR APPOINTED",
)


def pieces(count: int, seed: int = 1) -> Iterator[str]:
    """The file, a case-file a piece."""
    draw = random.Random(seed)
    inventor = Inventor("SG")
    flags = "".join(f"\n        <{name}>{'T' if name == 'trademark-in' else 'F'}</{name}>" for name in _FLAGS)
    yield _HEAD
    for mark in inventor.marks(count):
        filed = f"{mark.course.filed:%Y%m%d}"
        goods = "".join(
            "\n        <case-file-statement>"
            f"\n          <type-code>GS{number:03d}1</type-code>"
            f"\n          <text>{words.GOODS[number]['en'] * draw.randint(1, 6)}</text>"
            "\n        </case-file-statement>"
            for number in mark.classes
        )
        events = "".join(
            "\n        <case-file-event-statement>"
            f"\n          <code>EV{n:02d}</code>"
            "\n          <type>I</type>"
            f"\n          <description-text>{draw.choice(_EVENTS)}</description-text>"
            f"\n          <date>{filed}</date>"
            f"\n          <number>{n}</number>"
            "\n        </case-file-event-statement>"
            for n in range(1, draw.randint(10, 40))
        )
        classes = "".join(
            "\n        <classification>"
            "\n          <international-code-total-no>1</international-code-total-no>"
            f"\n          <international-code>{number:03d}</international-code>"
            "\n          <us-code>021</us-code>"
            "\n          <us-code>023</us-code>"
            "\n          <us-code>026</us-code>"
            "\n          <status-code>6</status-code>"
            f"\n          <status-date>{filed}</status-date>"
            f"\n          <primary-code>{number:03d}</primary-code>"
            "\n        </classification>"
            for number in mark.classes
        )
        registration = 7000000 + mark.serial if mark.course.registered else "0000000"
        yield (
            "    <case-file>"
            f"\n      <serial-number>{90000000 + mark.serial}</serial-number>"
            f"\n      <registration-number>{registration}</registration-number>"
            "\n      <transaction-date>20260101</transaction-date>"
            "\n      <case-file-header>"
            f"\n        <filing-date>{filed}</filing-date>"
            f"\n        <status-code>{700 if mark.course.registered else 630}</status-code>"
            "\n        <status-date>20251230</status-date>"
            f"\n        <mark-identification>{mark.text}</mark-identification>"
            "\n        <mark-drawing-code>4000</mark-drawing-code>"
            f"\n        <attorney-name>Pat Example</attorney-name>{flags}"
            "\n      </case-file-header>"
            f"\n      <case-file-statements>{goods}"
            "\n      </case-file-statements>"
            f"\n      <case-file-event-statements>{events}"
            "\n      </case-file-event-statements>"
            f"\n      <classifications>{classes}"
            "\n      </classifications>"
            "\n      <correspondent>"
            "\n        <address-1>PAT EXAMPLE</address-1>"
            f"\n        <address-2>{mark.agent.address}</address-2>"
            "\n      </correspondent>"
            "\n      <case-file-owners>"
            "\n        <case-file-owner>"
            "\n          <entry-number>1</entry-number>"
            "\n          <party-type>10</party-type>"
            "\n          <nationality>"
            f"\n            <country>{mark.owner.country}</country>"
            "\n          </nationality>"
            "\n          <legal-entity-type-code>03</legal-entity-type-code>"
            f"\n          <party-name>{mark.owner.name}</party-name>"
            f"\n          <address-1>{mark.owner.address}</address-1>"
            f"\n          <city>{words.CITIES[mark.owner.country]}</city>"
            f"\n          <country>{mark.owner.country}</country>"
            "\n        </case-file-owner>"
            "\n      </case-file-owners>"
            "\n    </case-file>"
            "\n"
        )
    yield _TAIL
