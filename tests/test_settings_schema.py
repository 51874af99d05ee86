"""The schema for editors: up to date, and with what an editor needs to complete and to explain."""

from __future__ import annotations

from settings_cases import shipped

from core.functions import FUNCTIONS
from scenes.parts.settings.models import SCENES
from scenes.parts.settings.schema import settings_schema, text


def test_the_schema_in_the_project_is_up_to_date() -> None:
    made_by = "python -m scenes.parts.settings.schema > config.schema.json"
    assert (shipped().parent / "config.schema.json").read_text(encoding="utf-8") == text(), f"run {made_by}"


def test_the_first_line_of_the_settings_names_the_schema() -> None:
    first = shipped().read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=config.schema.json"


def test_editors_are_told_the_names_that_are_allowed() -> None:
    schema = settings_schema()
    definitions = schema["$defs"]
    assert schema["properties"]["theme"]["enum"] == ["dark", "light"]
    assert definitions["two_layer_network"]["properties"]["activation"]["enum"] == list(FUNCTIONS)
    assert "softmax_cross_entropy" not in definitions["two_layer_network"]["properties"]["loss"]["enum"]
    assert definitions["toy_chain"]["properties"]["functions"]["items"]["enum"] == list(FUNCTIONS)
    clip = schema["properties"]["clips"]["additionalProperties"]
    assert clip["properties"]["scene"]["enum"] == list(SCENES)
    assert clip["required"] == ["scene"]


def test_every_key_is_explained() -> None:
    schema = settings_schema()
    blocks = {"": schema, **schema["$defs"]}
    for block, definition in blocks.items():
        for key, about in definition["properties"].items():
            assert about.get("description"), f"{block}.{key}"


def test_no_key_that_a_variant_may_leave_out_is_required() -> None:
    for name, definition in settings_schema()["$defs"].items():
        assert "required" not in definition, name
        assert definition["additionalProperties"] is False, name


def test_every_reference_leads_somewhere() -> None:
    schema = settings_schema()
    references = [part.split('"')[0] for part in text().split('"#/$defs/')[1:]]
    assert references
    assert set(references) <= set(schema["$defs"])
