"""A strict reader for settings files: YAML 1.2 values, and the place of every one of them.

It reads PyYAML's *events*, one after the other with a stack of its own, so that no file can exhaust Python's stack.
What makes a file mean something else than it seems to is refused: repeated keys, aliases and merge keys, tags,
several documents.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from scenes.parts.settings.faults import Fault, KeyPath, Problem, SettingsError, dotted, in_plain_words
from scenes.parts.settings.tree import Builder, Span, span_of

MOST_BYTES = 512 * 1024

_QUESTION = "a text with a ? must be quoted where it stands in braces or brackets"
_SYNTAX = {
    "found character '\\t'": "a tab cannot stand here; use spaces",
    "mapping values are not allowed": "a second colon on this line; a text with a colon and a space must be quoted",
    "found undefined alias": "an alias (*) is not allowed; a text that begins with * must be quoted",
    "found unexpected end of stream": "a quote that is opened here is never closed",
    "expected <block end>": "this line is not in line with those above it, or a text needs quotes around all of it",
    "could not find expected ':'": "a key without a colon after it, or a text of several lines that needs quotes",
    "expected ',' or '}', but got '?'": _QUESTION,
    "expected ',' or ']', but got '?'": _QUESTION,
    "expected ',' or ']'": "a list that is opened with [ is not closed, or a comma is missing",
    "expected ',' or '}'": "a brace { without its }, or a comma is missing; a text that begins with { must be quoted",
}


@dataclass(frozen=True)
class Document:
    """A file that was read: its value as plain dicts, tuples and scalars, and where each part of it stands."""

    file: str
    text: str = field(repr=False)
    value: Any = field(repr=False)
    keys: dict[KeyPath, Span] = field(repr=False)
    values: dict[KeyPath, Span] = field(repr=False)
    faults: tuple[Fault, ...] = ()

    def fault(self, problem: Problem) -> Fault:
        """Return the problem with its place: its value or key, else the nearest block above that exists."""
        path = problem.key
        while path and path not in self.values:
            path = path[:-1]
        where = self.values.get(path, Span(1, 1, 0, 0))
        if problem.at_key:
            where = self.keys.get(path, where)
        line, column = self._inside(where, problem)
        return Fault(self.file, line, column, dotted(problem.key), in_plain_words(problem.message))

    def _inside(self, where: Span, problem: Problem) -> tuple[int, int]:
        """Return the line and column of the problem's needle inside the span, or those of the span."""
        offset = where.start - 1
        for _ in range(problem.earlier + 1 if problem.needle else 0):
            offset = self.text.find(problem.needle, offset + 1, where.end)
            if offset < 0:
                break
        return _line_and_column(self.text, offset) if offset >= where.start else (where.line, where.column)


def read(path: Path) -> Document:
    """Read a settings file.

    Raises
    ------
    SettingsError
        There is no such file, it is too large, it is not UTF-8, or it is not YAML at all. What is wrong inside a file
        that could be read (a repeated key, say) stands in the document's `faults`.
    """
    name = shown(path)
    try:
        raw = _bytes(path)
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise SettingsError([Fault(name, line, column, "", "this is not UTF-8 text")]) from None
    except SettingsError:
        raise
    except (OSError, ValueError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise SettingsError([Fault(name, 0, 0, "", reason[:1].lower() + reason[1:])]) from None
    return parse(text, name)


def shown(path: Path) -> str:
    """Return the path as messages print it: relative when it lies below the working directory."""
    absolute = Path(os.path.abspath(path))
    try:
        return str(absolute.relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(absolute)


def _bytes(path: Path) -> bytes:
    """Return what the file holds; OSError when it is missing, no regular file, or too large."""
    path.stat()
    if not path.is_file():
        raise OSError(0, "this is not a file")
    with path.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        line, column = raw.count(b"\n") + 1, len(raw) - raw.rfind(b"\n") - 1
        told = f"the file is larger than {MOST_BYTES // 1024} KiB; what stands from here on is not read"
        raise SettingsError([Fault(shown(path), line, column, "", told)])
    return raw


def parse(text: str, name: str = "config.yaml") -> Document:
    r"""Return the document that the text holds.

    Raises
    ------
    SettingsError
        The text is not YAML, or is nested deeper than 16 levels, or holds several documents.

    Examples
    --------
    >>> document = parse("nudge: 1e-3\nword: no\n")
    >>> document.value
    {'nudge': 0.001, 'word': 'no'}
    >>> document.values[("word",)].line
    2
    """
    builder = Builder()
    reached = Span(1, 1, 0, 0)
    try:
        for event in yaml.parse(text, Loader=yaml.SafeLoader):
            reached = span_of(event)
            builder.feed(event)
            if builder.stopped:
                break
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise SettingsError([_syntax_fault(error, text, name, reached)]) from None
    faults = tuple(
        Fault(name, where.line, where.column, dotted(problem.key), problem.message)
        for problem, where in builder.problems
    )
    if builder.stopped:
        raise SettingsError(faults)
    return Document(name, text, builder.value, builder.keys, builder.values, faults)


def _syntax_fault(error: Exception, text: str, name: str, reached: Span) -> Fault:
    """Return why PyYAML gave up, and where; `reached` is the last place it had understood."""
    if isinstance(error, yaml.reader.ReaderError):
        line, column = _line_and_column(text, error.position)
        code = error.character if isinstance(error.character, int) else ord(str(error.character)[:1])
        return Fault(name, line, column, "", f"the character U+{code:04X} is not allowed in a settings file")
    mark = _mark(error) if isinstance(error, yaml.MarkedYAMLError) else None
    line, column = (mark.line + 1, mark.column + 1) if mark else (reached.line, reached.column)
    if not isinstance(error, yaml.MarkedYAMLError):
        return Fault(name, line, column, "", "after this place, something with a backslash names no character")
    return Fault(name, line, column, "", _in_plain_words(error))


def _mark(error: yaml.MarkedYAMLError) -> Any:
    """Return where an error is: where a bracket, quote or key was begun that does not end, else where it shows."""
    unclosed = "got '?'" not in str(error.problem) and any(
        sign in str(error.problem) for sign in ("end of stream", "',' or", "could not find expected ':'")
    )
    return (unclosed and error.context_mark) or error.problem_mark or error.context_mark


def _in_plain_words(error: yaml.MarkedYAMLError) -> str:
    """Return PyYAML's complaint in a lecturer's words, when it is one that a lecturer meets."""
    problem = str(error.problem or error.context or "something is wrong here")
    known = next((words for start, words in _SYNTAX.items() if problem.startswith(start)), "")
    return known or f"this is not YAML: {problem}".replace("\n", " ")


def _line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return line and column, from 1, of a character offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
