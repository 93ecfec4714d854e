"""Designs within their application, in formats with both levels: what they are numbered, and what they
take over.
"""

from ingest.draft import Draft
from register.identity import number_key

# What a design does not take over from its application where it says nothing of it itself.
_OWN_ONLY = frozenset(("right", "operation", "given", "design_number", "numbers"))
_INHERITED = tuple(name for name in Draft.__struct_fields__ if name not in _OWN_ONLY)


def several_designs(present: int, total: str) -> bool | None:
    """Whether an application holds more than one design: by those that are there, else by the total it
    states; None where it does not tell.
    """
    if present > 1:
        return True
    return int(total) > 1 if total.isascii() and total.isdigit() and len(total) < 10 else None


def taken_over(design: Draft, application: Draft) -> None:
    """Give a design what its application says of all its designs."""
    for name in _INHERITED:
        if not getattr(design, name):
            said = getattr(application, name)
            if said:
                setattr(design, name, list(said) if isinstance(said, list) else said)
    design.numbers = [*application.numbers, *design.numbers]


def put_design_number(draft: Draft, identifier: str, place: int, several: bool | None) -> None:
    """Put the design's identifier within its application.

    `place` counts the designs of the application from 1; `several` says whether it holds more than one,
    None where it does not tell. The number of the application or registration at the identifier's
    beginning (`004247823-0007`) is left off. The only design of an application has no identifier, unless
    the office numbers it by the application.
    """
    own, by_application = identifier, False
    for number in (draft.application_number, draft.registration_number):
        if number != "" and identifier != number and identifier.startswith(number):
            own = identifier[len(number) :].lstrip("-/. ")
            by_application = number == draft.application_number
            break
    if identifier:
        draft.numbers.append(("design", identifier))
    if several is False and not by_application:
        return
    if number_key(own):
        draft.design_number = own
    elif several:
        draft.design_number = str(place)
