"""A tree of plain values from PyYAML's events, with the place of every one of them, and what is refused on the way.

The stack is a list, not Python's own, so that no file can exhaust it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import yaml

from scenes.parts.settings.faults import KeyPath, Problem
from scenes.parts.settings.scalars import resolve

DEEPEST = 16
LONGEST_COMMENT = 20  # that a message repeats


@dataclass(frozen=True)
class Span:
    """Where something stands in the text: line and column count from 1, start and end are character offsets.

    Of a block or a list only the opening is known, so nothing can be searched for inside it.
    """

    line: int
    column: int
    start: int
    end: int


def span_of(event: yaml.Event) -> Span:
    """Return where an event stands."""
    start, end = event.start_mark, event.end_mark
    if start is None or end is None:
        return Span(1, 1, 0, 0)
    return Span(start.line + 1, start.column + 1, start.index, end.index)


@dataclass
class _Frame:
    """A mapping or list that is still open."""

    path: KeyPath
    items: dict[str, Any] | list[Any]
    key: str | None = None

    def child(self) -> KeyPath:
        """Return the path of the value that comes next."""
        return (*self.path, self.key or "") if isinstance(self.items, dict) else (*self.path, len(self.items))


def _comment_after(event: yaml.ScalarEvent) -> str:
    """Return how the comment begins that stands behind an unquoted text, nothing where there is none."""
    end = event.end_mark
    if end is None or end.buffer is None:
        return ""
    rest = end.buffer[end.pointer :].partition("\n")[0].strip(" \0")
    if not rest.startswith("#"):
        return ""
    return rest if len(rest) < LONGEST_COMMENT else rest[: LONGEST_COMMENT - 3] + "..."


class Builder:
    """Turns events into a value; `problems` collects what is wrong, `stopped` says that the rest was not read."""

    def __init__(self) -> None:
        self.value: Any = None
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}
        self.problems: list[tuple[Problem, Span]] = []
        self.stopped = False
        self._open: list[_Frame] = []
        self._documents = 0

    def feed(self, event: yaml.Event) -> None:
        """Take one event."""
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close()
        elif isinstance(event, yaml.NodeEvent):
            self._node(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop("a second document; a settings file holds one, so remove the line ---", event)
        elif event.tags or event.version not in (None, (1, 2)):
            self._complain((), "a line that begins with % is not allowed, except %YAML 1.2", event)

    def _node(self, event: yaml.NodeEvent) -> None:
        frame = self._open[-1] if self._open else None
        if frame and isinstance(frame.items, dict) and frame.key is None:
            self._key(frame, event)
            return
        path = frame.child() if frame else ()
        self.values.setdefault(path, self._place(path, event))
        self._refuse_extras(path, event)
        if isinstance(event, yaml.CollectionStartEvent):
            self._begin(path, event)
        else:
            self._put(self._scalar(path, event))

    def _place(self, path: KeyPath, event: yaml.NodeEvent) -> Span:
        """Return where a value stands; a block of keys is found at the key above it, where one looks for it."""
        span = span_of(event)
        key = self.keys.get(path)
        is_block = isinstance(event, yaml.MappingStartEvent) and key is not None
        return replace(span, line=key.line, column=key.column) if is_block and key else span

    def _key(self, frame: _Frame, event: yaml.NodeEvent) -> None:
        """Take the key of a mapping; what is no text cannot be one."""
        if not isinstance(event, yaml.ScalarEvent):
            self._stop("a key must be a word", event, frame.path)
            return
        key = event.value
        self._refuse_extras((*frame.path, key), event)
        if event.style is None and key == "<<":
            self._complain((*frame.path, key), "merging with << is not allowed; write the keys out", event)
        elif event.style is None and not isinstance(self._resolved(frame.path, event), str):
            self._complain((*frame.path, key), "a key must be a word; quote it if it is meant as text", event)
        earlier = self.keys.setdefault((*frame.path, key), span_of(event))
        if isinstance(frame.items, dict) and key in frame.items:
            self._complain((*frame.path, key), f"this key is repeated; it stands on line {earlier.line} already", event)
        frame.key = key

    def _begin(self, path: KeyPath, event: yaml.NodeEvent) -> None:
        if len(self._open) >= DEEPEST:
            self._stop(f"nested deeper than {DEEPEST} levels", event, path[:4])
            return
        items: dict[str, Any] | list[Any] = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._open.append(_Frame(path, items))

    def _close(self) -> None:
        frame = self._open.pop()
        self._put(frame.items if isinstance(frame.items, dict) else tuple(frame.items))

    def _put(self, value: Any) -> None:
        """Put a value where it belongs; of a repeated key the first value stays."""
        if not self._open:
            self.value = value
            return
        frame = self._open[-1]
        if isinstance(frame.items, list):
            frame.items.append(value)
        else:
            frame.items.setdefault(frame.key or "", value)
            frame.key = None

    def _scalar(self, path: KeyPath, event: yaml.NodeEvent) -> Any:
        if not isinstance(event, yaml.ScalarEvent):
            self._complain(path, "an alias (*) is not allowed; write the value out, or quote a text with *", event)
            return None
        if event.style is None and "words" in path[:-1] and (comment := _comment_after(event)):
            told = f"the text ends before {comment}, a comment; put quotes around the text, or the comment above it"
            self._complain(path, told, event)
        return self._resolved(path, event) if event.style is None else event.value

    def _resolved(self, path: KeyPath, event: yaml.ScalarEvent) -> Any:
        try:
            return resolve(event.value)
        except ValueError as error:
            self._complain(path, str(error), event)
            return None

    def _refuse_extras(self, path: KeyPath, event: yaml.NodeEvent) -> None:
        """Complain of anchors and tags."""
        if isinstance(event, yaml.AliasEvent):
            return
        if event.anchor is not None:
            self._complain(path, "an anchor (&) is not allowed; a text that begins with & must be quoted", event)
        if getattr(event, "tag", None) is not None:
            self._complain(path, "a tag (!) is not allowed; a text that begins with ! must be quoted", event)

    def _complain(self, path: KeyPath, message: str, event: yaml.Event) -> None:
        self.problems.append((Problem(path, message), span_of(event)))

    def _stop(self, message: str, event: yaml.Event, path: KeyPath = ()) -> None:
        self._complain(path, message, event)
        self.stopped = True
