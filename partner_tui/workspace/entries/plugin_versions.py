"""The fields of an ImJoy plugin as an older version has them, written into its `<config>` block.

The rule: its code stays as it is, byte for byte; nothing of a plugin is run.
"""

from __future__ import annotations

from dataclasses import dataclass

from partner_tui.comparison.rewriting import edits_between
from partner_tui.errors import ManifestParseError, PatchError
from partner_tui.manifest.editing.patch import apply
from partner_tui.manifest.plugin import PLUGIN_NAMES, config_block, plugin_config
from partner_tui.manifest.text.document import Document

_HINT = "Edit it in your editor instead."


@dataclass(frozen=True, slots=True)
class Plugin:
    """A plugin file.

    Attributes:
        name: Its path from the root.
    """

    name: str
    content: bytes

    @property
    def text(self) -> str:
        return self.content.decode("utf-8", "surrogateescape")

    def encode(self) -> bytes:
        return self.content


def restored_plugin(now: Plugin, before: bytes, field: str | None) -> Plugin:
    """The file with the fields of an older one.

    Args:
        field: The one to restore, as RDFs call it; None for all that an RDF would say.

    Raises:
        PatchError: One of the two has no block that can be read, or no edit makes that of it.
    """
    text, place = now.text, config_block(now.text)
    present, old = plugin_config(text), plugin_config(before.decode("utf-8", "surrogateescape"))
    if place is None or present is None or old is None:
        raise PatchError(f"{now.name} has no readable <config> now, or had none then.", _HINT)
    names = {theirs for ours in ([field] if field else PLUGIN_NAMES) for theirs in PLUGIN_NAMES.get(ours, ())}
    wanted = {name: old.get(name) if name in names else value for name, value in present.items()}
    wanted = {name: value for name, value in wanted.items() if name not in names or name in old}
    wanted |= {name: old[name] for name in old if name in names}
    try:
        block = Document.parse(text[slice(*place)], now.name)
        edited = apply(block, list(edits_between(block.data, wanted))).text
    except ManifestParseError as error:  # JSON that is no YAML, such as one with tabs
        raise PatchError(f"The <config> of {now.name} cannot be edited: {error.message}", _HINT) from error
    made = f"{text[: place[0]]}{edited}{text[place[1] :]}"
    if plugin_config(made) != wanted:
        raise PatchError(f"No edit makes the <config> of {now.name} what it was.", _HINT)
    return Plugin(now.name, made.encode("utf-8", "surrogateescape"))
