"""A proposal as a commented table that a person corrects."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from ingest.described.table import FIELDS
from ingest.proposal.fields import Guess
from ingest.proposal.names import plain_letters
from ingest.proposal.propose import Proposal
from ingest.proposal.sample import column_name
from ingest.proposal.status_guesses import StatusGuess
from register.codes.kinds import FEATURES, KINDS, mark_feature, mark_kind
from register.codes.languages import language_name
from register.codes.offices import normalise_st3
from register.model import RIGHTS, Plain

_EXAMPLES: Final = 3
_EXAMPLE_CHARACTERS: Final = 40
_MOST_WORDS: Final = 200
_WIDTH: Final = 108
_PLAIN: Final[tuple[Plain, ...]] = ("pending", "registered", "expired", "ended")


def profile_text(made: Proposal) -> str:
    """The table of a proposal, as TOML."""
    parts = [
        _heading(made),
        *([_format(made)] if made.table is not None else []),
        _status(made),
        _kinds(made),
        _numbers(made),
        _dates(made),
        _countries(made),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def quoted(text: str) -> str:
    """A string of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _pattern(shape: str) -> str:
    return f"'{shape}'" if "'" not in shape else quoted(shape)


def _heading(made: Proposal) -> str:
    seen = made.evidence
    rights = ", ".join(f"{count:,} of {right}" for right, count in seen.rights.most_common())
    how = "described below" if made.table is not None else f"read as {made.format.name} ({made.format.title})"
    spoken = ", ".join(language_name(code) for code in made.languages) or "none that could be told"
    lines = [
        f"# Proposed from {made.file}: {seen.records:,} records ({rights or 'none'}), {how}.",
        "# [U] marks what was guessed. Correct it until `ipregister office check` finds nothing unread.",
        f"office = {quoted(made.office)}",
        f"name = {quoted(made.name)}",
        f"languages = {_list(made.languages)}  # [U] by the letters of the texts: {spoken}",
        f"mapping = {quoted(made.mapping)}  # the day of the last change: set it with each correction",
    ]
    if made.latin_language:
        lines.append(
            f"default-language = {{ Latn = {quoted(made.latin_language)} }}  # [U] by its status words"
        )
    if made.inherits:
        lines.append(f"inherits = {_list(made.inherits)}  # the words that the program has for this office")
    return "\n".join(lines)


def _list(values: Iterable[str]) -> str:
    return f"[{', '.join(map(quoted, values))}]"


def _example(values: Sequence[str]) -> str:
    shown = []
    for value in dict.fromkeys(values):
        flat = " ".join(value.split())
        shown.append(flat if len(flat) <= _EXAMPLE_CHARACTERS else flat[: _EXAMPLE_CHARACTERS - 1] + "…")
        if len(shown) == _EXAMPLES:
            break
    return ", ".join(shown)


def _format(made: Proposal) -> str:
    table, sample = made.table, made.sample
    assert table is not None
    assert sample is not None
    lines = [
        '# How the file is to be read. Each column says one field of a record; "" takes nothing of it.',
        *_wrapped(f"Fields: {', '.join(FIELDS)}."),
        *_wrapped(
            "Words may say their language after a colon (texts:th). Parties, goods and other parts go "
            "together by place."
        ),
        "[[formats]]",
        f"name = {quoted(table.name)}",
        f"kind = {quoted(table.kind)}",
        f"# Of every record, where no column says it: {', '.join(RIGHTS)}.",
        f"right = {quoted(table.right)}",
    ]
    if table.kind == "csv":
        lines.append(f"separator = {quoted(table.separator)}")
    elif table.kind == "json":
        lines.append(f"records = {quoted(table.records)}  # the names that lead to the list of records")
    else:
        lines.append(f"records = {quoted(table.records)}  # the element that is a record")
    if table.encoding:
        lines.append(f"encoding = {quoted(table.encoding)}  # [U] the file does not say it")
    lines.append(f"between = {quoted(table.between)}  # what parts several names or codes in one value")
    if "right" in table.columns.values():
        lines += _rights(made)
    lines += ["", "[formats.columns]"]
    lines += _columns(made, sample.looked_at)
    if "applicationNumber" not in table.columns.values():
        lines.append(
            "# No column looks like the number of the application: write applicationNumber beside it."
        )
    return "\n".join(lines)


def _rights(made: Proposal) -> Iterator[str]:
    words = Counter(value for guess in made.guesses if guess.word == "right" for value in guess.column.values)
    yield "# What the words in the column of the right mean."
    for word, times in words.most_common(_MOST_WORDS):
        yield f"rights.{quoted(word)} = {quoted('trademark')}  # [U] {times} times"


def _columns(made: Proposal, records: int) -> Iterator[str]:
    assert made.table is not None
    names = [quoted(column_name(made.table.kind, guess.column.way)) for guess in made.guesses]
    width = min(40, max(map(len, names), default=0))
    for name, guess in zip(names, made.guesses, strict=True):
        said = f"{name.ljust(width)} = {quoted(guess.word)}"
        yield f"{said.ljust(width + 24)} # {_about(guess, records)}"


def _about(guess: Guess, records: int) -> str:
    share = f"{guess.column.filled} of {records}"
    example = _example(guess.column.values)
    return "; ".join(part for part in (share, guess.why, example) if part).replace("\n", " ")


def _wrapped(text: str) -> Iterator[str]:
    line = "#"
    for word in text.split():
        if len(line) + 1 + len(word) > _WIDTH:
            yield line
            line = "#"
        line += f" {word}"
    yield line


def _status(made: Proposal) -> str:
    guesses = made.status
    if not guesses:
        return "# No record of the sample has a status."
    rights = {guess.right for guess in guesses}
    lines = [
        "# What status words mean: pending, registered, expired (its term ran out), ended (refused,",
        "# withdrawn, cancelled), or unknown where that cannot be known. Do not guess.",
    ]
    known = [guess for guess in guesses if guess.ground == "known"]
    if known:
        told = ", ".join(f"{guess.word} = {guess.plain} ({guess.times})" for guess in known[:_MOST_WORDS])
        lines += _wrapped(f"Known already: {told}.")
    parts = ["\n".join(lines)]
    for right in sorted(rights):
        mine = [guess for guess in guesses if guess.right == right]
        parts += _status_tables(mine, len(rights) > 1)
    return "\n\n".join(parts)


def _status_tables(guesses: Sequence[StatusGuess], of_right: bool) -> Iterator[str]:
    same = [guess for guess in guesses if guess.ground == "same"]
    likely = [guess for guess in guesses if guess.ground in ("pattern", "alike")]
    strange = [guess for guess in guesses if guess.ground == "none"]
    rights = [f"rights = {_list([guesses[0].right])}"] if of_right else []
    if same:
        heading = "# [U] The same words mean this at other offices: look whether they do here."
        yield "\n".join([heading, "[[status]]", *rights, *_status_lists(same)])
    if likely or strange:
        heading = (
            "# [U] Only likely: NOTHING is read by this table until a person has looked at each word and set "
            "confirmed = true."
        )
        lines = [*_wrapped(heading.removeprefix("# ")), "[[status]]", *rights, "confirmed = false"]
        lines += _status_lists(likely)
        if strange:
            lines.append("# Nobody knows these yet: put each where it belongs.")
            lines += _words("unknown", strange)
        yield "\n".join(lines)


def _status_lists(guesses: Sequence[StatusGuess]) -> Iterator[str]:
    for plain in _PLAIN:
        mine = [guess for guess in guesses if guess.plain == plain]
        if mine:
            yield from _words(plain, mine)


def _words(plain: str, guesses: Sequence[StatusGuess]) -> Iterator[str]:
    yield f"{plain} = ["
    for guess in guesses[:_MOST_WORDS]:
        beside = f", like {guess.beside}" if guess.beside else ""
        yield f"  {quoted(guess.word)},  # {guess.times} times{beside}"
    yield "]"


def _kinds(made: Proposal) -> str:
    parts = [
        _vocabulary("kinds", made.evidence.kinds, KINDS, made.office, mark_kind),
        _vocabulary("features", made.evidence.features, FEATURES, made.office, mark_feature),
    ]
    return "\n\n".join(part for part in parts if part)


def _vocabulary(
    name: str,
    words: Counter[str],
    known: Sequence[str],
    office: str,
    meaning: Callable[[str, str], str | None],
) -> str:
    """The words of kinds or features that are not known, each waiting for its meaning."""
    if not words:
        return ""
    strange = [(word, times) for word, times in words.most_common(_MOST_WORDS) if not meaning(word, office)]
    clear = [(word, meaning(word, office)) for word, _ in words.most_common(_MOST_WORDS)]
    told = ", ".join(f"{word} = {said}" for word, said in clear if said)
    lines = list(
        _wrapped(f'Words for {name}. Meanings: {", ".join(known)}, or "" for a word that says nothing.')
    )
    if told:
        lines += _wrapped(f"Known already: {told}.")
    lines.append(f"[{name}]")
    lines += [f'# {quoted(word)} = "…"  # {times} times: not known' for word, times in strange]
    return "\n".join(lines)


def _numbers(made: Proposal) -> str:
    parts = []
    for right, shapes in made.shapes.items():
        for guess in shapes:
            note = "the groups year and serial tell which numbers are missing" if guess.counted else ""
            note = note or "name a group year and a group serial, and missing numbers can be told"
            parts.append(
                f"[[numbers]]\nright = {quoted(right)}\n"
                f"shape = {_pattern(guess.shape)}  # [U] {guess.records:,} of the sample; {note}\n"
                f"example = {quoted(guess.example)}"
            )
    if not parts:
        return ""
    return (
        "# What application numbers look like, as regular expressions for the whole number.\n"
        + "\n\n".join(parts)
    )


def _dates(made: Proposal) -> str:
    dates = made.dates
    lines = ["# How dates are written, beside 2024-01-31 and 20240131.", "[dates]"]
    example = _example(list(made.evidence.dates))
    unsure = (
        "  # [U] no day in the sample is after the 12th: it may as well be MM/DD/YYYY"
        if dates.undecided
        else ""
    )
    lines.append(f"forms = {_list(dates.forms)}{unsure or f'  # {example}'}")
    if dates.buddhist_era:
        lines.append("buddhist-era = true  # [U] years such as 2567, which is 2024")
    if dates.unread:
        lines += _wrapped(f"Not read as dates: {_example(dates.unread)}")
    return "\n".join(lines)


def _countries(made: Proposal) -> str:
    strange = [
        (word, times)
        for word, times in made.evidence.countries.most_common(_MOST_WORDS)
        if normalise_st3(word) is None
    ]
    if not strange:
        return ""
    lines = ["# Names of countries that are not known, as ST.3 codes.", "[countries]"]
    for word, times in strange:
        likely = normalise_st3(plain_letters(word))
        said = f"{quoted(word)} = {quoted(likely or '…')}"
        lines.append(f"{said}  # [U] {times} times" if likely else f"# {said}  # {times} times")
    return "\n".join(lines)
