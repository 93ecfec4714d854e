"""What a clearance may be asked: by the body of a POST, or by the parameters of a GET."""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Annotated, Any

import msgspec

from app.http.parameters import PARAMETERS, Parameter, table
from app.http.problems import Problem, bad_parameter
from register.codes.offices import is_st3
from register.codes.similar_groups import normalise_similar_group
from register.model import PLAIN_STATUSES, Part, Plain
from search.clearance.report import ClearanceAsked

MAX_NAMES = 100
MAX_NAME_CHARACTERS = 300
MAX_BODY_BYTES = 512 << 10
_MAX_GOODS, _MAX_GOODS_CHARACTERS, _MAX_GROUPS, _MAX_OFFICES = 50, 2000, 100, 250
_LIMIT = 100

_Name = Annotated[str, msgspec.Meta(min_length=1, max_length=MAX_NAME_CHARACTERS)]
_Names = Annotated[tuple[_Name, ...], msgspec.Meta(min_length=1, max_length=MAX_NAMES)]
_NiceClass = Annotated[int, msgspec.Meta(ge=1, le=45)]
_Goods = Annotated[str, msgspec.Meta(min_length=1, max_length=_MAX_GOODS_CHARACTERS)]
_Group = Annotated[str, msgspec.Meta(pattern="^[GSgs]([0-9]{4}|[0-9]{6})$")]
_Office = Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{2}$")]
_Offices = Annotated[tuple[_Office, ...], msgspec.Meta(max_length=_MAX_OFFICES)]


class ClearanceBody(Part, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Names with goods and places. Either `name` or `names`; absent lists ask for everything.

    `goods` are texts as they would be filed, `similarGroups` Korean similar-group codes, `offices` who holds
    the records, `territories` where marks have effect; `limit` is how many conflicts each report lists.
    """

    name: _Name | None = None
    names: _Names | None = None
    nice_classes: Annotated[tuple[_NiceClass, ...], msgspec.Meta(max_length=45)] = ()
    goods: Annotated[tuple[_Goods, ...], msgspec.Meta(max_length=_MAX_GOODS)] = ()
    similar_groups: Annotated[tuple[_Group, ...], msgspec.Meta(max_length=_MAX_GROUPS)] = ()
    offices: _Offices = ()
    territories: _Offices = ()
    statuses: Annotated[tuple[Plain, ...], msgspec.Meta(max_length=len(PLAIN_STATUSES))] = ()
    limit: Annotated[int, msgspec.Meta(ge=1, le=_LIMIT)] = _LIMIT


_decoder = msgspec.json.Decoder(ClearanceBody)


def _bounded(name: str, description: str, limit: int, example: str) -> Parameter:
    whole = PARAMETERS["applicant"] if limit <= 200 else PARAMETERS["q"]

    def read(text: str) -> str:
        if len(text) > limit:
            raise ValueError(f"longer than {limit} characters")
        if not text.strip():
            raise ValueError("is blank")
        found: str = whole.read(text)
        return found

    schema = {"type": "string", "minLength": 1, "maxLength": limit}
    return Parameter(name, description, schema, read, example)


def _group_codes(text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > _MAX_GROUPS:
        raise ValueError(f"more than {_MAX_GROUPS} values")
    return _groups(parts)


CLEARANCE_PARAMETERS: dict[str, Parameter] = {
    "name": _bounded(
        "name", f"the name to clear, at most {MAX_NAME_CHARACTERS} characters", MAX_NAME_CHARACTERS, "lumora"
    ),
    **table("niceClasses"),
    "goods": _bounded(
        "goods",
        "goods and services as they would be filed; semicolons between them",
        1000,
        "software; cameras",
    ),
    "similarGroups": Parameter(
        "similarGroups",
        "Korean similar-group codes, separated by commas",
        {
            "type": "array",
            "items": {"type": "string", "pattern": "^[GSgs]([0-9]{4}|[0-9]{6})$"},
            "minItems": 1,
            "maxItems": _MAX_GROUPS,
        },
        _group_codes,
        "G390802",
    ),
    **table("offices", "territories"),
    "statuses": Parameter(
        "statuses",
        "only marks of these plain statuses: " + ", ".join(PLAIN_STATUSES),
        PARAMETERS["status"].schema,
        PARAMETERS["status"].read,
        "registered,pending",
    ),
    "limit": Parameter(
        "limit",
        f"how many conflicts the report lists, from 1 to {_LIMIT}",
        {"type": "integer", "minimum": 1, "maximum": _LIMIT, "default": _LIMIT},
        PARAMETERS["limit"].read,
        "50",
    ),
}


def read_body(data: bytes) -> list[ClearanceAsked]:
    """What a body asks, a question for each name. Raises `Problem` (400) with the member and the mend."""
    try:
        body = _decoder.decode(data)
    except msgspec.ValidationError as error:
        sentence, _, path = str(error).partition(" - at `$")
        raise _bad(path.rstrip("`").lstrip(".") or None, sentence) from None
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise Problem(
            400, "invalid-body", "the body is no JSON", mend="send a JSON object in UTF-8; see /openapi.json"
        ) from None
    if (body.name is None) == (body.names is None):
        raise _bad("names", "needs either `name` or `names`")
    given = body.names if body.names is not None else (body.name or "",)
    names = [_text(name, f"names[{place}]") for place, name in enumerate(given)]
    return _asked_of(
        names,
        {
            "niceClasses": tuple(dict.fromkeys(body.nice_classes)),
            "goods": tuple(_text(goods, f"goods[{place}]") for place, goods in enumerate(body.goods)),
            "similarGroups": _groups(body.similar_groups),
            "offices": _codes(body.offices, "offices"),
            "territories": _codes(body.territories, "territories"),
            "statuses": tuple(dict.fromkeys(body.statuses)),
            "limit": body.limit,
        },
    )


def asked_by(values: Mapping[str, Any]) -> ClearanceAsked:
    """What the parameters of a GET ask. Raises `Problem` (400) where there is no name."""
    if "name" not in values:
        raise bad_parameter("name", "is missing", CLEARANCE_PARAMETERS["name"].description)
    goods = (values["goods"],) if "goods" in values else ()
    return _asked_of([values["name"]], {**values, "goods": goods})[0]


def _asked_of(names: Iterable[str], values: Mapping[str, Any]) -> list[ClearanceAsked]:
    return [
        ClearanceAsked(
            name=name,
            nice_classes=values.get("niceClasses", ()),
            goods=values.get("goods", ()),
            similar_groups=values.get("similarGroups", ()),
            offices=values.get("offices", ()),
            territories=values.get("territories", ()),
            statuses=values.get("statuses", ()),
            limit=values.get("limit", _LIMIT),
        )
        for name in dict.fromkeys(names)
    ]


def _bad(field: str | None, sentence: str) -> Problem:
    return Problem(
        400,
        "invalid-body",
        sentence[:1].lower() + sentence[1:],
        field=field,
        mend="see POST /v1/clearance in /openapi.json for what the body may hold",
    )


def _text(text: str, field: str) -> str:
    if any(unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\t\r\n" for letter in text):
        raise _bad(field, "holds control characters")
    found = " ".join(text.split())
    if not found:
        raise _bad(field, "is blank")
    return found


def _groups(codes: Iterable[str]) -> tuple[str, ...]:
    found = []
    for code in codes:
        group = normalise_similar_group(code)
        if group is None:
            raise ValueError(f"{code[:20]!r} is no similar-group code such as G390802")
        found.append(group)
    return tuple(dict.fromkeys(found))


def _codes(codes: Iterable[str], field: str) -> tuple[str, ...]:
    found = []
    for place, code in enumerate(codes):
        if not is_st3(code.upper()):
            raise _bad(f"{field}[{place}]", f"{code!r} is no ST.3 code of an office")
        found.append(code.upper())
    return tuple(dict.fromkeys(found))
