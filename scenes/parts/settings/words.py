"""Words on screen: the names in braces that stand for values, and the check that nobody typed a number instead.

`{y}` stands for the value of y as the screen shows it. A brace itself is written twice: `{{` and `}}`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any, NamedTuple

from scenes.parts.settings.base import BeatWords, ClipSettings, SceneWords
from scenes.parts.settings.faults import LONGEST_QUOTE, KeyPath, Problem, hint, listed, quoted
from scenes.parts.settings.letters import plain_digits
from scenes.parts.type.numbers import raised

_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_RAISED = r"\^[-\u2212]\d+|\u207b[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+"  # a negative power
_TYPED_NUMBER = re.compile(rf"\d+[.,\u066b]\d+|(?<![\w.])\.\d+|\d+[eE][-+\u2212]?\d+|\d+(?:{_RAISED})")


class Template(NamedTuple):
    """A text of the settings with its braces, and, if it is a beat's sentence, the beat's subtitle."""

    sentence: str
    caption: str | None = None


def templates(words: SceneWords) -> Mapping[str, Template]:
    """Return every text of a scene's words by its key: `title`, a beat's name, or `code.2` for one line of several.

    A key that comes from outside is looked up here and nowhere else, so that it reaches texts and nothing but texts.

    Examples
    --------
    >>> class Words(SceneWords):
    ...     title: str
    ...     code: tuple[str, ...]
    >>> dict(templates(Words(title="One", code=("a", "b"))))["code.1"]
    Template(sentence='b', caption=None)
    """
    found: dict[str, Template] = {}
    for key, value in words:
        if isinstance(value, BeatWords):
            found[key] = Template(value.sentence, value.caption)
        else:
            texts = {key: value} if isinstance(value, str) else {f"{key}.{i}": text for i, text in enumerate(value)}
            found |= {name: Template(text) for name, text in texts.items()}
    return found


def fill(text: str, shown: Mapping[str, str]) -> str:
    """Return the text with every name in braces replaced by what is shown for it, powers of ten raised.

    Raises
    ------
    KeyError
        A name for which nothing is given; a text from a checked file holds none.

    Examples
    --------
    >>> fill("It said {y}, with {{braces}}.", {"y": "−6.669×10^−4"})
    'It said −6.669×10⁻⁴, with {braces}.'
    """

    def piece(match: re.Match[str]) -> str:
        name = match.group(1)
        return match.group()[0] if name is None else raised(shown[name])

    return _PIECE.sub(piece, text)


def names_in(text: str) -> tuple[str, ...]:
    """Return the names in braces, in order.

    Examples
    --------
    >>> names_in("from {x} to {y}")
    ('x', 'y')
    """
    return tuple(match.group(1) for match in _PIECE.finditer(text) if match.group(1) is not None)


def unknown_names(words: SceneWords, known: Container[str], told: str, unplayed: Container[str]) -> Iterator[Problem]:
    """Yield words that name what a clip does not have, in beats that it does have.

    Parameters
    ----------
    known, told
        The names that the clip has, and those of them that a message lists.
    unplayed
        Beats that do not come.
    """
    for key, template in templates(words).items():
        for part, text in zip(("sentence", "caption"), template, strict=True):
            for name in () if key in unplayed or text is None else (n for n in names_in(text) if n not in known):
                path = ("words", *key.split("."), *([part] if template.caption is not None else []))
                yield Problem(path, f"{{{name}}} is nothing that this clip has; it has {told}", f"{{{name}}}")


def word_problems(model: type[ClipSettings], words: object, *, typed_numbers: bool) -> list[Problem]:
    """Return what is wrong in the words of a clip, as they stand in the file (so before the model has checked them).

    Parameters
    ----------
    model
        The clip's model; its `placeholders` may be used everywhere, and the `local_names` of its words in one label.
    words
        The value of the clip's key `words`, whatever it is.
    typed_numbers
        Whether decimal numbers may be typed.
    """
    annotation = model.model_fields["words"].annotation
    local = annotation.local_names if isinstance(annotation, type) and issubclass(annotation, SceneWords) else {}
    problems: list[Problem] = []
    for key, text in _texts(words if isinstance(words, dict) else {}, ("words",)):
        allowed = (*local.get(str(key[1]), ()), *model.placeholders)
        problems += _brace_problems(key, text, allowed)
        if not typed_numbers:
            problems += _typed_numbers(key, text)
    return problems


def _texts(words: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    """Yield every text below, with its path."""
    if isinstance(words, str):
        yield path, words
        return
    items: Any = words.items() if isinstance(words, dict) else enumerate(words) if isinstance(words, tuple) else ()
    for key, value in items:
        yield from _texts(value, (*path, key))


def _brace_problems(key: KeyPath, text: str, allowed: tuple[str, ...]) -> Iterator[Problem]:
    for match in _PIECE.finditer(text):
        name = match.group(1)
        if match.group() in ("{", "}"):
            message = "a brace without its partner; a brace itself is written twice, {{ or }}"
            yield _at(match, text, key, message)
        elif name is not None and name not in allowed:
            near = hint(name, allowed).replace(" '", " {").replace("'?", "}?")
            named = f"{{{name}}}" if name.isprintable() and len(name) < LONGEST_QUOTE else quoted(name)
            message = f"{named} is not one of {listed(f'{{{a}}}' for a in allowed)}{near}"
            yield _at(match, text, key, message)


def _typed_numbers(key: KeyPath, text: str) -> Iterator[Problem]:
    bare = _PIECE.sub(lambda piece: " " * len(piece.group()), text)
    for match in _TYPED_NUMBER.finditer(plain_digits(bare)):
        typed = bare[match.start() : match.end()]
        message = (
            f"the number {typed} is typed, so nobody checks it; "
            "use a name in braces such as {x}, or say allow_typed_numbers: true for this clip"
        )
        yield Problem(key, message, typed, text.count(typed, 0, match.start()))


def _at(match: re.Match[str], text: str, key: KeyPath, message: str) -> Problem:
    """Return the problem, with the piece of text that it points at."""
    return Problem(key, message, match.group(), text.count(match.group(), 0, match.start()))
