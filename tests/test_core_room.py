"""What the core imports, and how large it may be."""

import ast
import io
import subprocess
import sys
import tokenize
from pathlib import Path

import core

FILES = sorted(Path(core.__file__).parent.glob("*.py"))
SILENT = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)


def code_lines(source: str) -> int:
    """Lines with code on them: no docstring, no comment, no blank."""
    texts = [n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant)]
    told = {line for n in texts for line in range(n.lineno, (n.end_lineno or n.lineno) + 1)}
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return len({line for t in tokens if t.type not in SILENT for line in range(t.start[0], t.end[0] + 1)} - told)


def test_the_core_imports_numpy_and_the_standard_library_and_nothing_else() -> None:
    question = (
        "import sys; before = set(sys.modules); import core;"
        "print(*sorted({name.partition('.')[0] for name in set(sys.modules) - before}))"
    )
    loaded = subprocess.run([sys.executable, "-c", question], capture_output=True, text=True, check=True).stdout.split()
    assert {"core", "numpy"} <= set(loaded)
    assert not {"manim", "yaml", "pydantic", "av", "rich", "scenes", "studio"} & set(loaded)
    assert set(loaded) - sys.stdlib_module_names == {"core", "numpy"}


def test_the_core_can_be_read_in_one_sitting() -> None:
    sources = [path.read_text(encoding="utf-8") for path in FILES]
    assert sum(map(code_lines, sources)) <= 450
    assert sum(len(source.splitlines()) for source in sources) <= 1300


def test_every_public_name_is_there_and_has_a_docstring() -> None:
    for name in core.__all__:
        assert name.isupper() or getattr(core, name).__doc__
