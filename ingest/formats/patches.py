"""What a partial statement states: the fields of the record that a draft fills, and the time it is of."""

from ingest.draft import Draft

_IDENTITY = frozenset(
    (
        "right",
        "operation",
        "given",
        "stamp",
        "office",
        "application_number",
        "design_number",
        "kind_hint",
        "status_date",
    )
)
_OTHER_NAMES = {
    "status_code": ("status",),
    "status_text": ("status",),
    "status_wipo": ("status",),
    "status_plain": ("status",),
    "kind": ("kind", "kind_office"),
    "feature": ("feature", "feature_office"),
    # Which of the two is for the office's profile to say.
    "figurative_codes": ("vienna_codes", "national_classes"),
}
_FIELDS = tuple(
    (field, _OTHER_NAMES.get(field, (field,))) for field in Draft.__struct_fields__ if field not in _IDENTITY
)


def stated(draft: Draft) -> frozenset[str]:
    """The names in `register.model.Record` of the fields that the draft fills.

    For documents that say something of a right and nothing of the rest (a publication, a family member): what
    they leave out stays as it is. Not for formats in which an empty element clears a field.
    """
    return frozenset(name for field, names in _FIELDS if getattr(draft, field) for name in names)


def iso_date(date: str) -> str:
    """`YYYYMMDD` as ISO 8601, for stamps; what is not eight digits gives ""."""
    return (
        f"{date[:4]}-{date[4:6]}-{date[6:]}" if len(date) == 8 and date.isascii() and date.isdigit() else ""
    )
