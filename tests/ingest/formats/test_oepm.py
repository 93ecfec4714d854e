"""Replies of the Spanish office's SOAP service."""

import pytest

from ingest.draft import (
    Damage,
    Delivered,
    DraftEvent,
    DraftGoods,
    DraftPriority,
    DraftPublication,
    DraftText,
    NotAFeedError,
)
from ingest.formats.oepm import FORMAT
from tests.ingest.formats.reading import only, read, sureness


def reply(data: str, state: str = "0", message: str = "OK") -> str:
    return (
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" '
        'xmlns:oepm="http://detalleExpOEPM.ws.ceo.oepm.es/"><soap:Body>'
        "<oepm:detalleExpedienteOEPMResponse><response>"
        f"<resultado><estado>{state}</estado><mensaje>{message}</mensaje></resultado>{data}</response>"
        "</oepm:detalleExpedienteOEPMResponse></soap:Body></soap:Envelope>"
    )


def file(identification: str, details: str, people: str = "", more: str = "") -> str:
    return (
        f"<datosBibliograficos><identificacion>{identification}</identificacion>"
        f"<personas>{people}</personas>{details}{more}</datosBibliograficos>"
    )


def test_it_is_found_by_its_record() -> None:
    assert sureness(FORMAT, reply("")) == 95
    assert sureness(FORMAT, "<x><datosBibliograficos/></x>") == 60
    assert sureness(FORMAT, "<soap:Envelope xmlns:soap='urn:s'><soap:Body/></soap:Envelope>") == 0


def test_a_mark() -> None:
    draft = only(
        FORMAT,
        reply(
            file(
                "<numeroSolicitud>M4100001</numeroSolicitud><denominacion>LA ESPIGA</denominacion>"
                "<tipoMarca>D_DENOMINATIVO</tipoMarca><estado>VIGOR</estado><codigoEstado>02</codigoEstado>"
                "<imagen>https://example.es/m.png</imagen>",
                "<detallesMarca><fechaSolicitud>02/01/2024</fechaSolicitud><fechaPublicacion>2024-03-04"
                "</fechaPublicacion><fechaProxRenova>2034-01-02</fechaProxRenova></detallesMarca>",
                "<solicitante><nombre>Espiga SL</nombre></solicitante><titular><nombre>Ana</nombre>"
                "<apellidos>Ruiz Sol</apellidos></titular><representante>Agente SA</representante>",
                "<clases><claseNiza><codigoClase>30</codigoClase><productos>Pan</productos></claseNiza>"
                "<claseNiza><codigoClase>43</codigoClase></claseNiza><claseViena><categoria>05</categoria>"
                "<division>07</division><seccion>02</seccion></claseViena></clases>",
            )
        ),
    )
    assert (draft.right, draft.application_number, draft.feature) == (
        "trademark",
        "M4100001",
        "D_DENOMINATIVO",
    )
    assert (draft.filing_date, draft.publication_date, draft.expiry_date) == (
        "02/01/2024",
        "2024-03-04",
        "2034-01-02",
    )
    assert (draft.status_code, draft.status_text) == ("02", "VIGOR")
    assert draft.texts == [DraftText("LA ESPIGA")]
    assert (draft.nice_classes, draft.goods) == (["30", "43"], [DraftGoods("30", "Pan")])
    assert draft.vienna_codes == ["05.07.02"]
    assert [(one.name, one.role) for one in draft.applicants] == [
        ("Ana Ruiz Sol", "holder"),
        ("Espiga SL", "applicant"),
    ]
    assert [one.name for one in draft.representatives] == ["Agente SA"]


def test_a_patent_and_a_utility_model() -> None:
    details = (
        "<detallesInvencion><numeroSolicitud>{}</numeroSolicitud><titulo>Bomba de riego</titulo>"
        "<fechaPresentacion>2023-02-03</fechaPresentacion><numeroPublicacion>ES2900001</numeroPublicacion>"
        "<numeroPublicacionPCT>WO2023000001</numeroPublicacionPCT>"
        "<fechaPublicacion>2024-01-05</fechaPublicacion>"
        "<fechaConcesion>2024-09-09</fechaConcesion><numeroPrioridad>FR2200001</numeroPrioridad>"
        "<fechaPrioridad>2022-02-03</fechaPrioridad><estado>EN VIGOR</estado></detallesInvencion>"
    )
    people = (
        "<titular><nombre>Riego SA</nombre></titular><inventores><inventor>Luz Mar</inventor></inventores>"
    )
    draft = only(FORMAT, reply(file("<estado>TRAMITACIÓN</estado>", details.format("P202330001"), people)))
    assert (draft.right, draft.application_number, draft.publication_number) == (
        "patent",
        "P202330001",
        "ES2900001",
    )
    assert (draft.filing_date, draft.registration_date, draft.status_code) == (
        "2023-02-03",
        "2024-09-09",
        "EN VIGOR",
    )
    assert draft.titles == [DraftText("Bomba de riego")]
    assert draft.publications == [DraftPublication("", "ES2900001", "", "2024-01-05")]
    assert draft.priorities == [DraftPriority("", "FR2200001", "2022-02-03")]
    assert draft.numbers == [("pct-publication", "WO2023000001")]
    assert [one.name for one in draft.inventors] == ["Luz Mar"]
    assert only(FORMAT, reply(file("", details.format("U202330002")))).right == "utility-model"


def test_a_design() -> None:
    draft = only(
        FORMAT,
        reply(
            file(
                "<numeroSolicitud>D0540001</numeroSolicitud><denominacion>Silla</denominacion>",
                "<detallesDiseno><fechaSolicitud>05/06/2023</fechaSolicitud><fechaResolucion>2023-08-01"
                "</fechaResolucion><codigoEstado>02</codigoEstado></detallesDiseno>",
                "<creador>Eva Luna</creador>",
                "<clases><claseLocarno><clase>06</clase><subclase>01</subclase></claseLocarno></clases>",
            )
            + "<actosTramitacion><actoTramitacion><fecha>05/06/2023</fecha>"
            "<descripcion>Solicitud</descripcion></actoTramitacion></actosTramitacion>"
        ),
    )
    assert (draft.right, draft.application_number, draft.status_code) == ("design", "D0540001", "02")
    assert (draft.filing_date, draft.registration_date) == ("05/06/2023", "2023-08-01")
    assert (draft.titles, draft.locarno) == ([DraftText("Silla")], ["06-01"])
    assert [one.name for one in draft.designers] == ["Eva Luna"]
    assert draft.events == [DraftEvent("05/06/2023", "", "Solicitud")]


def test_a_reply_without_a_file_is_no_feed_and_says_why() -> None:
    with pytest.raises(NotAFeedError, match="No existe el expediente"):
        read(FORMAT, reply("", "-3", "No existe el expediente"))


def test_of_several_replies_the_empty_ones_are_damages() -> None:
    mark = reply(file("<numeroSolicitud>M1</numeroSolicitud>", "<detallesMarca/>"))
    found = read(FORMAT, mark + reply("", "-3", "No existe") + mark)
    assert [type(item) for item in found] == [Delivered, Damage, Delivered]
