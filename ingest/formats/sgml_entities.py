"""Character entities of the SGML age: names that a DTD defined, as characters.

`html.entities` has nearly all of the ISO 8879 and ISO 9573-13 sets (Latin, Cyrillic, publishing, technical,
arrows, relations); what it lacks are the Greek sets for text, and names that an office took in because its
texts had them: the EPO many in capitals, from texts that somebody had put into capitals with their entities.
Sources: ISO 8879:1986 annex D (ISOgrk1, ISOgrk2, ISOgrk4); the additions at the end of the EPO's
docdb-entities.dtd; PAP DTD 1.5.
"""

from collections.abc import Iterator, Mapping
from html.entities import html5

_GREEK = {
    "a": "α",
    "b": "β",
    "g": "γ",
    "d": "δ",
    "e": "ε",
    "z": "ζ",
    "ee": "η",
    "th": "θ",
    "i": "ι",
    "k": "κ",
    "l": "λ",
    "m": "μ",
    "n": "ν",
    "x": "ξ",
    "o": "ο",
    "p": "π",
    "r": "ρ",
    "s": "σ",
    "t": "τ",
    "u": "υ",
    "ph": "φ",
    "kh": "χ",
    "ps": "ψ",
    "oh": "ω",
}
_GREEK_ACCENTED = {"a": "ά", "e": "έ", "ee": "ή", "i": "ί", "o": "ό", "u": "ύ", "oh": "ώ"}
_BOLD = {
    "alpha": "α",
    "beta": "β",
    "gamma": "γ",
    "Gamma": "Γ",
    "gammad": "ϝ",
    "delta": "δ",
    "Delta": "Δ",
    "epsi": "ε",
    "epsiv": "ϵ",
    "zeta": "ζ",
    "eta": "η",
    "thetas": "θ",
    "Theta": "Θ",
    "thetav": "ϑ",
    "iota": "ι",
    "kappa": "κ",
    "kappav": "ϰ",
    "lambda": "λ",
    "Lambda": "Λ",
    "mu": "μ",
    "nu": "ν",
    "xi": "ξ",
    "Xi": "Ξ",
    "pi": "π",
    "Pi": "Π",
    "piv": "ϖ",
    "rho": "ρ",
    "rhov": "ϱ",
    "sigma": "σ",
    "Sigma": "Σ",
    "sigmav": "ς",
    "tau": "τ",
    "upsi": "υ",
    "Upsi": "ϒ",
    "phis": "φ",
    "Phi": "Φ",
    "phiv": "ϕ",
    "chi": "χ",
    "psi": "ψ",
    "Psi": "Ψ",
    "omega": "ω",
    "Omega": "Ω",
}
_OTHERS = {
    "sfgr": "ς",
    "idigr": "ϊ",
    "Idigr": "Ϊ",
    "idiagr": "ΐ",
    "udigr": "ϋ",
    "Udigr": "Ϋ",
    "udiagr": "ΰ",
    "thetas": "θ",
    "phis": "φ",
    "UNKNOWN": "█",
    "supl": "¹",
    "sl0": "Ø",
    "degree": "°",
    "litre": "ℓ",
    "percent": "%",
    "circlef": "●",
    "newline": " ",
    "lparstr": "′",
    "rparstr": "‶",
}
# The capitals that the EPO reads as small letters; it reads the others as capitals.
_SMALL = frozenset(
    (
        "EACUTE",
        "OCIRC",
        "AUML",
        "AELIG",
        "UUML",
        "IACUTE",
        "EGRAVE",
        "AACUTE",
        "OUML",
        "ATILDE",
        "NTILDE",
        "AGRAVE",
        "EUML",
        "ICIRC",
        "ODBLAC",
        "ACIRC",
        "SZLIG",
    )
)


def _names() -> dict[str, str]:
    names = {name.removesuffix(";"): character for name, character in html5.items() if name.endswith(";")}
    for letter, character in _GREEK.items():
        names.setdefault(f"{letter}gr", character)
        names.setdefault(f"{letter.upper()}gr", character.upper())
    for letter, character in _GREEK_ACCENTED.items():
        names.setdefault(f"{letter}acgr", character)
        names.setdefault(f"{letter.upper()}acgr", character.upper())
    for name, character in _BOLD.items():
        names.setdefault(f"b.{name}", character)
    for name, character in _OTHERS.items():
        names.setdefault(name, character)
    return names


class _Entities(Mapping[str, str]):
    """Every name there is: one in capitals for its small or capitalised sister, one that no set has for
    itself, as text, so that no record is lost for it."""

    def __init__(self, names: dict[str, str]) -> None:
        self._known = names

    def __getitem__(self, name: str) -> str:
        found = self._known.get(name.lower() if name in _SMALL else name)
        if found is None and name.isupper():
            sisters = (name.capitalize(), name[:-2] + name[-2:].lower(), name.lower())
            found = next((self._known[sister] for sister in sisters if sister in self._known), None)
        return f"&{name};" if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


SGML_ENTITIES: Mapping[str, str] = _Entities(_names())
