"""Pydantic's findings, said in plain words."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from scenes.parts.settings.base import Model
from scenes.parts.settings.faults import KeyPath, Problem, hint, listed, quoted
from scenes.parts.settings.letters import MINUS_SIGNS, plain_digits
from scenes.parts.settings.scalars import resolve

Wording = Callable[[Any, Mapping[str, Any]], str]

_LIMITS: Mapping[str, Wording] = {
    "greater_than": lambda value, ctx: f"{quoted(value)} is too small; it must be more than {ctx['gt']:g}",
    "greater_than_equal": lambda value, ctx: f"{quoted(value)} is too small; it must be at least {ctx['ge']:g}",
    "less_than": lambda value, ctx: f"{quoted(value)} is too large; it must be less than {ctx['lt']:g}",
    "less_than_equal": lambda value, ctx: f"{quoted(value)} is too large; it must be at most {ctx['le']:g}",
    "too_short": lambda value, ctx: f"{ctx['actual_length']} of them; at least {ctx['min_length']} are needed",
    "too_long": lambda value, ctx: f"{ctx['actual_length']} of them; at most {ctx['max_length']} are allowed",
    "finite_number": lambda value, ctx: "infinity and not-a-number are not allowed; a finite number is needed",
    "literal_error": lambda value, ctx: f"{quoted(value)} is not one of {_alternatives(ctx)}",
    "plain": lambda value, ctx: str(ctx["text"]),
}

_KINDS = {
    "string_type": "a text",
    "float_type": "a number",
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list such as [1, 2]",
    "model_type": "a block of keys",
    "mapping_type": "a block of keys",
    "dict_type": "a block of keys",
    "missing": "",
}


_NO_KEYS: Final = {"[key]", "[auto]", "[number]"}  # where pydantic says which part of a key or a choice was wrong


def problems_of(model: type[BaseModel], error: ValidationError, also: tuple[str, ...] = ()) -> list[Problem]:
    """Return one problem for each of pydantic's errors, in plain words; ``also`` are keys that may stand there, too."""
    found = error.errors(include_url=False)
    inside = {details["loc"][:i] for details in found for i in range(len(details["loc"]))}
    told = (each for each in found if not (each["type"] == "too_short" and each["loc"] in inside))  # it counts the good
    return [_problem(model, details, also) for details in told]


def _problem(model: type[BaseModel], details: ErrorDetails, also: tuple[str, ...]) -> Problem:
    key = tuple(part for part in details["loc"] if part not in _NO_KEYS)
    kind, value = details["type"], details.get("input")
    if kind == "extra_forbidden":
        names = list(dict.fromkeys([*block_at(model, key[:-1]).model_fields, *(also if len(key) == 1 else ())]))
        message = f"there is no such key; the keys here are {listed(names)}{hint(str(key[-1]), names)}"
        return Problem(key, message, at_key=True)
    if kind == "missing":
        return Problem(key, _missing(model, key))
    if kind in _KINDS:
        keys = listed(block_at(model, key).model_fields)
        wanted = f"{_KINDS[kind]} ({keys})" if keys else _KINDS[kind]
        return Problem(key, _wrong_kind(wanted, value))
    wording = _LIMITS.get(kind)
    message = wording(value, details.get("ctx", {})) if wording else details["msg"]
    return Problem(key, message, at_key="[key]" in details["loc"])


def block_at(model: type[BaseModel], path: KeyPath) -> type[BaseModel]:
    """Return the model of the block at a path; where the path leads into no block, an empty one."""
    kind: Any = model
    for part in path:
        if isinstance(part, int):
            kind = next(iter(get_args(kind)), None)  # of a list: the kind of its entries
        else:
            field = _model(kind).model_fields.get(part)
            kind = field.annotation if field else None
    return _model(kind)


def _model(kind: object) -> type[BaseModel]:
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else Model


def _missing(model: type[BaseModel], key: KeyPath) -> str:
    if isinstance(key[-1], int):
        return "too few of them: a value is missing here"
    field = block_at(model, key[:-1]).model_fields.get(key[-1])
    about = (field.description or "").rstrip(".") if field else ""
    return f"this key is missing ({about[:1].lower()}{about[1:]})" if about else "this key is missing"


def _wrong_kind(wanted: str, value: object) -> str:
    """Return what is wanted and what was found, with the usual reason where there is one."""
    if value is None:
        return f"nothing is written here; {wanted} is needed"
    if isinstance(value, dict):
        return f"a block of keys stands here; {wanted} is needed (a text that begins with {{ must be quoted)"
    if isinstance(value, tuple):
        return f"a list stands here; {wanted} is needed"
    return f"{quoted(value)} is not {wanted}{_number_advice(wanted, value)}"


def _number_advice(wanted: str, value: object) -> str:
    if wanted == "a text":
        return "; put it in quotes"
    if not isinstance(value, str) or not wanted.endswith("number"):
        return ""
    if value.strip().lower().lstrip("+-") in ("inf", "infinity", "nan"):
        return "; infinity and not-a-number are not allowed"
    for written, advice in _rewritten(value):
        if _is_number(written):
            return f"; {advice}"
    return ""


def _rewritten(value: str) -> Iterator[tuple[str, str]]:
    """Yield what might be meant instead, and how it would be written."""
    yield value, "write it without quotes"
    spaces = "".join(value.split())
    blank = next((letter for letter in value if letter.isspace() and letter != " "), "")
    told = f"U+{ord(blank):04X} {unicodedata.name(blank, 'a blank')}" if blank else "a space"
    yield spaces, f"there is {told} in it; write {spaces}"
    sign = next((letter for letter in value if letter in MINUS_SIGNS), "")
    minus = spaces.translate(dict.fromkeys(map(ord, MINUS_SIGNS), "-"))
    if sign:
        yield (
            minus,
            f"its sign is U+{ord(sign):04X} {unicodedata.name(sign)}; write {minus}, with the hyphen of the keyboard",
        )
    yield minus.replace("_", ""), f"write {minus.replace('_', '')}, without underscores"
    yield plain_digits(minus).replace(",", "."), "write it with a decimal point"
    figures = "".join(str(unicodedata.digit(letter, letter)) for letter in plain_digits(minus)).replace(",", ".")
    yield figures, f"write {figures}, with the figures 0 to 9"
    above, slash, below = minus.partition("/")
    if slash and _is_number(above) and _is_number(below) and float(below):
        share = f"{float(above) / float(below):.4g}"
        yield share, f"a fraction is not worked out; write {share}"


def _is_number(written: str) -> bool:
    try:
        return isinstance(resolve(written), int | float) and written.lower() not in ("true", "false")
    except ValueError:
        return False


def _alternatives(ctx: Mapping[str, Any]) -> str:
    return str(ctx["expected"]).replace("'", "").replace(" or ", ", ")
