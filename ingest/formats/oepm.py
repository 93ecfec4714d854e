"""OEPM (Spain): replies of the SOAP service `detalleExpedienteOEPM` for marks, patents, utility models and
designs.

`<response><resultado><estado/><mensaje/></resultado><datosBibliograficos>` with `identificacion`, `personas`,
`clases` and the details of one right: `detallesMarca`, `detallesInvencion` or `detallesDiseno`. State 0 is
success. Dates stand in two forms in one record. Source: the WSDL at
consultas2.oepm.es/ceo/WSDetalleExpedienteOEPM.
"""

from collections.abc import Iterator

from lxml.etree import _Element

from ingest.draft import (
    Damage,
    Delivered,
    Draft,
    DraftEvent,
    DraftGoods,
    DraftMedia,
    DraftParty,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.envelope import peeked
from ingest.formats.local_names import LOCAL
from ingest.formats.partial import whole_records
from ingest.formats.patent_symbols import once, symbols
from ingest.formats.registry import Format, Head, Opened
from ingest.formats.tmxml_parts import value_of, values_of
from ingest.xml_records import XmlRecord, xml_records
from ingest.xml_text import first, text, whole_text

_RECORD = "detalleExpedienteOEPMResponse"
_DETAILS = ("detallesMarca", "detallesInvencion", "detallesDiseno")
_ADDRESS = ("direccion", "domicilio", "codigoPostal", "localidad", "provincia")
_TAKEN = "taken are replies with datosBibliograficos"


def _looks(head: Head) -> int:
    if head.kind != "xml":
        return 0
    if _RECORD in head.tag_set:
        return 95
    return 60 if "datosBibliograficos" in head.tag_set else 0


def _read(opened: Opened) -> Iterator[Delivered | Damage]:
    head, opened = peeked(opened)
    said: list[str] = []
    tag = opened.again or (_RECORD if _RECORD in head.tag_set else "datosBibliograficos")

    def draft_of(found: XmlRecord) -> Draft | None:
        draft = _draft(found.element)
        if draft is None:
            said.append(_message(found.element))
        return draft

    def refusal() -> NotAFeedError:
        told = next(filter(None, said), "")
        what = "a reply of the OEPM without a file" + (f", which says {told!r}" if told else "")
        return NotAFeedError(what, _TAKEN)

    yield from whole_records(
        xml_records(opened, (tag,)), draft_of, "the reply has no bibliographic data", refusal
    )


def _message(reply: _Element) -> str:
    result = next(reply.iter("{*}resultado"), None)
    return text(result, "mensaje") if result is not None else ""


def _draft(reply: _Element) -> Draft | None:
    """The draft of a reply, None where it holds no file."""
    data = next(reply.iter("{*}datosBibliograficos"), None)
    if data is None:
        return None
    identification = next(data.iter("{*}identificacion"), None)
    details = next(data.iter(*("{*}" + name for name in _DETAILS)), None)
    if identification is None and details is None:
        return None
    # What the details say of the right goes before the identification of the file.
    values = {
        **_leaves(identification),
        **_leaves(details),
    }
    draft = Draft(right="trademark", application_number=values.get("numeroSolicitud", ""))
    draft.registration_number = values.get("numeroRegistro") or values.get("numeroConcesion", "")
    draft.filing_date = values.get("fechaSolicitud") or values.get("fechaPresentacion", "")
    draft.publication_date = values.get("fechaPublicacion", "")
    draft.registration_date = values.get("fechaConcesion") or values.get("fechaRegistro", "")
    draft.expiry_date = values.get("fechaProxRenova") or values.get("fechaCaducidad", "")
    draft.status_code = values.get("codigoEstado") or values.get("estado", "")
    draft.status_text = values.get("estado", "")
    draft.status_date = values.get("fechaEstado", "")
    image = values.get("imagen", "")
    if image:
        draft.media.append(DraftMedia("image", image))
    _put_people(draft, data)
    if details is not None and details.tag.endswith("detallesInvencion"):
        _put_invention(draft, values, data)
    elif details is not None and details.tag.endswith("detallesDiseno"):
        _put_design(draft, values, data)
    else:
        _put_mark(draft, values, data)
    draft.events = [event for act in reply.iter("{*}actoTramitacion") if any(event := _event(values_of(act)))]
    return draft


def _leaves(group: _Element | None) -> dict[str, str]:
    """Every leaf below a group by its name, the first of each."""
    found: dict[str, str] = {}
    for leaf in group.iter() if group is not None else ():
        value = value_of(leaf) if len(leaf) == 0 else ""
        if value:
            found.setdefault(LOCAL[leaf.tag], value)
    return found


def _event(act: dict[str, str]) -> DraftEvent:
    return DraftEvent(date=act.get("fecha", ""), code=act.get("codigo", ""), text=act.get("descripcion", ""))


def _put_mark(draft: Draft, values: dict[str, str], data: _Element) -> None:
    draft.feature = values.get("tipoMarca", "")
    name = values.get("denominacion", "")
    if name:
        draft.texts.append(DraftText(name))
    for group in data.iter("{*}claseNiza"):
        entry = values_of(group)
        number = entry.get("codigoClase", "")
        if number and number not in draft.nice_classes:
            draft.nice_classes.append(number)
        goods = whole_text(first(group, "productos"))
        if goods:
            draft.goods.append(DraftGoods(number, goods))
    for group in data.iter("{*}claseViena"):
        entry = values_of(group)
        code = ".".join(filter(None, (entry.get(name, "") for name in ("categoria", "division", "seccion"))))
        if code and code not in draft.vienna_codes:
            draft.vienna_codes.append(code)


def _put_invention(draft: Draft, values: dict[str, str], data: _Element) -> None:
    draft.right = "utility-model" if draft.application_number[:1].upper() == "U" else "patent"
    _put_title(draft, values)
    draft.publication_number = values.get("numeroPublicacion", "")
    if draft.publication_number:
        draft.publications.append(
            DraftPublication(number=draft.publication_number, date=values.get("fechaPublicacion", ""))
        )
    for kind, name in (
        ("epo-publication", "numeroPublicacionOEP"),
        ("pct-publication", "numeroPublicacionPCT"),
    ):
        if name in values:
            draft.numbers.append((kind, values[name]))
    priority = DraftPriority(
        country=values.get("paisPrioridad", ""),
        number=values.get("numeroPrioridad", ""),
        date=values.get("fechaPrioridad", ""),
    )
    if any(priority):
        draft.priorities.append(priority)
    for leaf in data.iter("{*}clasificacionCIP", "{*}claseCIP", "{*}codigoCIP"):
        draft.ipc.extend(symbols(whole_text(leaf)))
    draft.ipc = once(draft.ipc)


def _put_design(draft: Draft, values: dict[str, str], data: _Element) -> None:
    draft.right = "design"
    _put_title(draft, values)
    draft.registration_date = draft.registration_date or values.get("fechaResolucion", "")
    for group in data.iter("{*}claseLocarno", "{*}clasificacionLocarno"):
        entry = values_of(group)
        code = "-".join(filter(None, (entry.get(name, "") for name in ("clase", "subclase"))))
        code = code or entry.get("codigoClase", "") or ("" if len(group) else value_of(group))
        if code and code not in draft.locarno:
            draft.locarno.append(code)


def _put_title(draft: Draft, values: dict[str, str]) -> None:
    title = values.get("titulo") or values.get("denominacion", "")
    if title:
        draft.titles.append(DraftText(title))


def _put_people(draft: Draft, data: _Element) -> None:
    people = next(data.iter("{*}personas"), None)
    if people is None:
        return
    draft.applicants = _people(people, "titular", "holder") + _people(people, "solicitante", "applicant")
    names = [one.name for one in draft.applicants]
    draft.applicants = [one for place, one in enumerate(draft.applicants) if one.name not in names[:place]]
    draft.representatives = _people(people, "representante", "") + _people(people, "agente", "")
    draft.inventors = _people(people, "inventor", "")
    draft.designers = _people(people, "creador", "") + _people(people, "disenador", "")


def _people(people: _Element, name: str, role: str) -> list[DraftParty]:
    """The people of one role: a group with name and surname, or a name alone."""
    found: list[DraftParty] = []
    for person in people.iter("{*}" + name):
        values = values_of(person)
        whole = " ".join(filter(None, (values.get("nombre", ""), values.get("apellidos", "")))) or value_of(
            person
        )
        if whole:
            address = ", ".join(values[part] for part in _ADDRESS if part in values)
            country = values.get("codigoPais") or values.get("pais", "")
            found.append(DraftParty(name=whole, role=role, address=address, country=country))
    return found


FORMAT = Format("oepm", "OEPM detalleExpediente SOAP replies (ES)", _looks, _read)
