"""A film from a stranger: nothing that its ledger says is compiled, looked up by attribute, or taken for a number."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import typst
from audit_cases import Plain, film, forged, honest, told, wrong
from film_cases import rendered
from film_cases import wrong as wrong_pixels

from scenes.parts.film.ledger import SampleRow, ShownRow
from scenes.parts.type import compiler, letters, lines, typeset
from studio.audit import digits, glyphs
from studio.audit.digits import _settings_of, texts_of
from studio.audit.drawn import Facts
from studio.audit.pixels import checks

NET = "TwoLayerNetwork"
HOSTILE = [
    '#read("secret.txt")',
    '#include "secret.txt"',
    '#image("secret.txt")',
    'std.read("secret.txt")',
    '#import "@preview/cetz:0.3.0": *',
    'std.eval("import \\"@preview/cetz:0.3.0\\": *")',
    "#while true {}",
    'std.eval("while true {}")',
    'std.eval("range(1000000000)")',
    '#("x" * 4000000000)',
    'x)$ #read("secret.txt") $(x',
    "paint(1, std.read)",
]
KINDS = "readout", "words", "symbol", "sign"
CLAIMED = [  # each text claimed by one kind, each kind claiming three; the others are for `make proof`
    pytest.param(kind, said, marks=() if (i + j) % len(KINDS) == 0 else pytest.mark.proof)
    for j, kind in enumerate(KINDS)
    for i, said in enumerate(HOSTILE)
]


def claiming(plain: Plain, kind: str, said: str) -> None:
    """Let the first lettering of a kind claim to have shown something."""
    row = next(row for row in plain["shown"] if row["kind"] == kind)
    for span in row["spans"]:
        for sample in span["samples"]:
            sample.update(script=said, text=said)


def first_sample(row: ShownRow) -> SampleRow:
    """How a thing first stood."""
    return next(sample for span in row.spans for sample in span.samples)


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Everything that Typst is given from now on."""
    given: list[str] = []
    real = compiler.svg_of

    def spy(source: str) -> bytes:
        given.append(source)
        return real(source)

    monkeypatch.setattr(letters, "svg_of", spy)
    for module in (typeset, lines, glyphs, digits):  # whatever another test had set is set anew
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()
    return given


@pytest.mark.render
@pytest.mark.parametrize(("kind", "said"), CLAIMED)
def test_what_a_ledger_says_was_typeset_is_a_finding_and_is_never_compiled(
    kind: str, said: str, sources: list[str]
) -> None:
    ledger = forged(NET, lambda plain: claiming(plain, kind, said))
    assert "claims to show" in told(ledger)["texts"]
    row = next(row for row in ledger.shown if row.kind == kind)
    sample = first_sample(row)
    with pytest.raises(ValueError, match="claims to show"):
        texts_of(row, sample, Facts.of(ledger, 90, 160))
    assert not [source for source in sources if said in source]


@pytest.mark.render
def test_the_frames_of_a_hostile_ledger_are_looked_at_and_the_lettering_is_named(sources: list[str]) -> None:
    said = '#read("/README.md")'

    def edit(plain: Plain) -> None:
        for kind in ("readout", "words", "symbol"):
            claiming(plain, kind, said)

    ledger = forged(NET, edit)
    found = [f for f in checks(film(NET), ledger, 10**6) if not f.ok and "claims to show" in f.told]
    assert {"digits", "words"} <= {finding.check for finding in found}
    assert sources
    assert not [source for source in sources if "README" in source]


@pytest.mark.render
@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("script", '0.5 #read("x")'),
        ("script", "z = 0.6681"),
        ("script", "times -0.667"),
        ("text", "−0.667 "),
        ("text", "-0.667"),
    ],
)
def test_a_number_is_set_by_our_formatter_in_one_of_our_forms_or_not_at_all(field: str, said: str) -> None:
    ledger = forged(NET, lambda plain: number_of(plain, "y").update({field: said}))
    row = next(row for row in ledger.shown if row.kind == "readout" and row.quantity == "y")
    with pytest.raises(ValueError, match=r"claims to show|was typeset"):
        texts_of(row, first_sample(row), Facts.of(ledger, 90, 160))


def number_of(plain: Plain, quantity: str) -> Plain:
    rows = (row for row in plain["shown"] if row["kind"] == "readout" and row["quantity"] == quantity)
    found: Plain = next(span for row in rows for span in row["spans"] if span["samples"])["samples"][0]
    return found


@pytest.mark.render
def test_a_symbol_comes_from_the_scenes_own_table_even_where_the_whole_ledger_agrees_on_another() -> None:
    def edit(plain: Plain) -> None:
        row = next(row for row in plain["shown"] if row["kind"] == "symbol")
        next(q for q in plain["quantities"] if q["name"] == row["quantity"])["symbol"] = "alpha"
        for span in row["spans"]:
            for sample in span["samples"]:
                sample.update(script="alpha", text="alpha")

    said = told(forged(NET, edit))
    assert "it claims to show 'alpha', the settings say" in said["texts"]
    assert "symbol, term or number of values is not the clip's" in said["quantities"]


KEYS = [
    "__class__.__basicsize__", "title.__class__", "__dict__", "model_fields", "title.upper", "ask", "code", "code.-1",
    "code.99", "code.1.2", "title.0", "ask.sentence", "ask.caption", "names.__class__", "names.tanh.x", "names.relu",
    "", ".", "beats", "local_names", "x" * 100_000,
]  # fmt: skip


@pytest.mark.render
@pytest.mark.parametrize("key", [key for key in KEYS if key != "ask"], ids=lambda key: key[:30])
def test_words_are_looked_up_in_a_table_of_texts_and_reach_nothing_else(key: str) -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["kind"] == "words" and row["key"] == "title")["key"] = key

    said = told(forged(NET, edit))["texts"]
    assert "the settings have no words called" in said
    assert len(said) < 400


@pytest.mark.render
def test_a_beat_that_is_no_beat_has_no_words() -> None:
    for name, said in (("__class__", "no such beat"), ("model_config", "no such beat"), ("title", "not the settings'")):

        def edit(plain: Plain, name: str = name) -> None:
            plain["beats"][0]["name"] = name

        assert said in told(forged(NET, edit))["beats"]


@pytest.mark.render
def test_a_label_with_the_right_words_is_no_beat() -> None:
    def edit(plain: Plain) -> None:
        plain["beats"][0].update(name="title", sentence=plain["settings"]["clip"]["words"]["title"], caption="")

    assert told(forged(NET, edit))["beats"].endswith("the settings have no such beat")


@pytest.mark.render
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("height", 1e300),
        ("height", -1.0),
        ("height", 1e-300),
        ("style", "math"),
        ("style", '", size: 900pt'),
        ("style", "__class__"),
    ],
)
def test_size_and_style_of_lettering_are_bounded_and_looked_up(field: str, value: object) -> None:
    def edit(plain: Plain) -> None:
        next(row for row in plain["shown"] if row["key"] == "title")[field] = value

    ledger = forged(NET, edit)
    row = next(row for row in ledger.shown if row.key == "title")
    with pytest.raises(ValueError, match=r"units high|its style"):
        texts_of(row, first_sample(row), Facts.of(ledger, 90, 160))


@pytest.mark.render
def test_settings_inside_a_ledger_are_held_to_the_rules_of_a_file() -> None:
    for words, said in (("{nobody}", "is not one of"), ("slope 0.5", "is typed"), ("a" * 401, "at most 400")):

        def edit(plain: Plain, words: str = words) -> None:
            plain["settings"]["clip"]["words"]["title"] = words

        assert said in told(forged(NET, edit))["settings"] or said in str(wrong(forged(NET, edit)))


@pytest.mark.render
def test_the_font_is_one_of_those_that_come_with_the_project() -> None:
    def edit(plain: Plain) -> None:
        plain["settings"]["fonts"]["words"] = '", fallback: panic("x")'

    ledger = forged(NET, edit)
    assert Facts.of(ledger, 90, 160).family == Facts.of(honest(NET), 90, 160).family
    assert Facts.of(ledger, 90, 160).script is None


@pytest.mark.render
def test_a_title_of_typst_code_is_drawn_literally_and_audited_literally(tmp_path: Path) -> None:
    title = r"""#read("x") $y$ *bold* \ "q" \u{41} //"""
    quoted = "'" + title.replace("{", "{{").replace("}", "}}") + "'"
    into = "title: One signal travels back", f"title: {quoted}"
    strange = rendered(tmp_path, "two_layer_network", NET, *into, beat="pose_question")
    assert first_sample(next(row for row in strange.ledger.shown if row.key == "title")).text == title
    alone = sum(len(typeset.typeset(c, 1.0, "code").parts[0]) for c in title if c != " ")
    assert len(np.concatenate(list(typeset.typeset(title, 1.0, "code").parts.values()))) == alone
    assert wrong_pixels(strange.found()) == set()
    assert wrong(strange.ledger) == []


# -- the compiler -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", HOSTILE)
def test_mathematics_that_could_be_more_is_refused_before_any_of_it_is_run(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.txt").write_text("(8)")
    monkeypatch.chdir(tmp_path)
    began = time.monotonic()
    with pytest.raises(ValueError, match="cannot typeset"):
        typeset.typeset(said, 0.3)
    assert time.monotonic() - began < 2.0


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.parametrize("style", ["words", "code"])
def test_words_are_shown_and_never_run(
    said: str, style: typeset.Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    monkeypatch.chdir(tmp_path)
    alone = sum(len(typeset.typeset(c, 1.0, "code").parts[0]) for c in said if c != " ")
    if style == "code":
        assert len(typeset.typeset(said, 1.0, style).parts[0]) == alone
    assert typeset.typeset(said, 1.0, style).width > 1.0


@pytest.mark.parametrize(
    "source",
    [
        '#read("secret.txt")',
        '#read("/secret.txt")',
        '#include "secret.txt"',
        '#import "secret.typ": x',
        '#image("a.png")',
        '#import "@local/a:0.1.0": x',
    ],
)
def test_even_code_finds_no_file_and_no_package(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("secret.txt", "secret.typ"):
        (tmp_path / name).write_text("#let x = 1")
    monkeypatch.chdir(tmp_path)
    assert typst.compile(b'#read("secret.txt")', format="svg"), "a compiler left alone reads what lies around"
    for run in (compiler.svg_of, compiler.asked):
        with pytest.raises(RuntimeError):
            run(source)


def test_no_text_is_so_long_that_it_takes_the_memory() -> None:
    for style in ("math", "words", "bold", "code"):
        with pytest.raises(ValueError, match="4000 is the most"):
            typeset.typeset("x" * 4001, 0.3, style)  # type: ignore[arg-type]


@pytest.mark.parametrize("said", [said for said in HOSTILE if "@preview" in said])
def test_no_package_is_asked_for(said: str, tmp_path: Path) -> None:
    code = (
        "from scenes.parts.type.typeset import typeset\n"
        f"for style in ('math', 'words', 'code'):\n"
        f"    try: typeset({said!r}, 0.3, style)\n"
        "    except ValueError: pass\n"
    )
    with listener() as (port, heard):
        subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=_through(port), check=True, timeout=60)
        assert heard == []
        wanted = b'#import "@preview/cetz:0.3.0": *'
        alone = f"import typst\ntry: typst.compile({wanted!r}, format='svg')\nexcept typst.TypstError: pass"
        subprocess.run([sys.executable, "-c", alone], cwd=tmp_path, env=_through(port), check=True, timeout=60)
        assert heard, "a compiler left alone asks the network, and this listener would hear it"


def _through(port: int) -> dict[str, str]:
    """An environment in which everything that leaves this machine goes through a port of it."""
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
    proxies = {form: f"http://127.0.0.1:{port}" for name in names for form in (name, name.lower())}
    return {**{k: v for k, v in os.environ.items() if k.lower() != "no_proxy"}, **proxies}


@contextmanager
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port that notes whatever is said to it."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    heard.append(caller.recv(100))

        Thread(target=listen, daemon=True).start()
        yield server.getsockname()[1], heard


def test_words_that_claim_to_stand_on_many_lines_take_no_time() -> None:
    words = "one two three four five six seven eight nine ten " * 8
    began = time.monotonic()
    for count in (2, 8, 30, 79, 10**6):
        size = np.array([4.0, 1.75 * 0.3 * count])
        assert len(list(_settings_of(words, None, 0.3, "words", "Source Sans 3", size))) < 40
    assert time.monotonic() - began < 5.0
