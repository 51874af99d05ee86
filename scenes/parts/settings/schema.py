"""The JSON schema of the settings file, for editors: `python -m scenes.parts.settings.schema > config.schema.json`.

Written from the models, so it says what they say. A variant inherits, so in a clip only `scene` is required here;
that the first clip of a scene is complete is checked when the file is loaded.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from scenes.parts.settings.models import COMMON, SCENES, Settings
from scenes.parts.settings.words_file import FILE

Schema = dict[str, Any]

_FILE = {"type": "string", "description": "A file with these words in another language."}


def settings_schema() -> Schema:
    """Return the JSON schema (draft 2020-12) of a settings file."""
    schema = Settings.model_json_schema()
    definitions = schema.setdefault("$defs", {})
    definitions.pop("ClipSettings", None)
    common = {key: about for key, about in schema["properties"].items() if key in COMMON}
    for name, model in SCENES.items():
        definitions |= _clip_definitions(name, model.model_json_schema(), dict(common))
    schema["properties"]["clips"] = _clips(schema["properties"]["clips"]["description"])
    bare: Schema = _without("title", str, schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **bare, "title": "Backgear settings"}


def _clips(description: str) -> Schema:
    """Return the schema of all clips: which model a clip follows is told by its scene."""
    follows = [
        {"if": {"properties": {"scene": {"const": name}}, "required": ["scene"]}, "then": {"$ref": f"#/$defs/{name}"}}
        for name in SCENES
    ]
    scene = {"type": "string", "enum": list(SCENES), "description": "The scene that draws this clip."}
    clip = {"type": "object", "required": ["scene"], "properties": {"scene": scene}, "allOf": follows}
    return {
        "type": "object",
        "description": description,
        "minProperties": 1,
        "propertyNames": {"pattern": "^[A-Za-z][A-Za-z0-9_]{0,63}$"},
        "additionalProperties": clip,
    }


def _clip_definitions(scene: str, schema: Schema, common: Schema) -> Schema:
    """Return the definitions of one scene, each under the scene's own name, none requiring what may be inherited.

    Parameters
    ----------
    common
        The keys that may stand in every clip, too.
    """
    inner = schema.pop("$defs", {})
    named = {scene: schema, **{f"{scene}.{name}": definition for name, definition in inner.items()}}
    found = {name: _renamed(_without("required", list, part), scene) for name, part in named.items()}
    keys = found[scene]["properties"]
    keys["words"] = {"description": keys["words"]["description"], "anyOf": [_FILE, {"$ref": keys["words"]["$ref"]}]}
    found[f"{scene}.Words"]["properties"][FILE] = _FILE
    if "names" in keys:  # a list of a clip's own, a block as on top
        both = [keys["names"], common["names"]]
        common["names"] = {"description": keys["names"]["description"], "anyOf": both}
    found[scene]["properties"] = {**keys, **common}
    return found


def _without(key: str, kind: type, part: Any) -> Any:
    """Return a part of a schema without the keyword; what has the same name but another kind of value is a property."""
    if isinstance(part, list):
        return [_without(key, kind, item) for item in part]
    if not isinstance(part, dict):
        return part
    return {k: _without(key, kind, v) for k, v in part.items() if k != key or not isinstance(v, kind)}


def _renamed(part: Any, scene: str) -> Any:
    """Return a part of a schema whose references lead to the scene's own definitions."""
    if isinstance(part, list):
        return [_renamed(item, scene) for item in part]
    if not isinstance(part, dict):
        return part
    renamed = {key: _renamed(value, scene) for key, value in part.items()}
    if "$ref" in renamed:
        renamed["$ref"] = renamed["$ref"].replace("#/$defs/", f"#/$defs/{scene}.")
    return renamed


def text() -> str:
    """Return the schema as the text of `config.schema.json`."""
    return json.dumps(settings_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
