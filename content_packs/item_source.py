"""One item's file → an item, or findings with their lines."""

from collections.abc import Callable

import msgspec

from content_packs.blocks import PictureResolver, blocks_of
from content_packs.findings import Finding
from content_packs.frontmatter import FrontMatter, split_front_matter
from content_packs.model import Item, PackInfo, Relation
from content_packs.schema_words import field_of, in_words
from content_packs.source_words import ItemForm, LoadedItem
from content_packs.toml_lines import nearest_line

RecordingResolver = Callable[[str, int], str]
"""Path and line → hash of the recording; empty if it complained itself."""

_REQUIRED = {"id", "kind", "title", "verified_on"}


def read_item(
    text: str, file: str, info: PackInfo, *, picture: PictureResolver, recording: RecordingResolver
) -> tuple[LoadedItem | None, tuple[Finding, ...]]:
    """Read an item.

    Args:
        text: The whole file.
        file: Its path inside the source.
        info: Gives language and regions where the item names none.
        picture: Called for every picture of the body.
        recording: Called for the item's recording.

    Returns:
        The item, None if its front matter cannot be read, and everything that is wrong with the file.
    """
    parts = split_front_matter(text, file)
    if isinstance(parts, Finding):
        return None, (parts,)
    form, findings = _form(parts, file)
    if form is None:
        return None, findings
    body = blocks_of(parts.body, picture, first_line=parts.body_line)
    findings += tuple(
        Finding(file=file, line=complaint.line, item=form.id, field="body", what=complaint.what, todo=complaint.todo)
        for complaint in body.complaints
    )
    fields = {name: getattr(form, name) for name in form.__struct_fields__}
    fields["regions"] = form.regions or info.regions
    fields["lang"] = form.lang or info.lang
    fields["relations"] = tuple(Relation(rel=rel, to=target) for rel, ids in form.relations.items() for target in ids)
    if form.recording:
        fields["recording"] = recording(form.recording, nearest_line(parts.lines, "recording"))
    item = Item(**fields, blocks=body.blocks)
    return LoadedItem(item=item, file=file, lines=parts.lines, block_lines=body.lines), findings


def _form(parts: FrontMatter, file: str) -> tuple[ItemForm | None, tuple[Finding, ...]]:
    """Convert the front matter; every field that does not fit is named, not only the first."""
    fields: dict[str, object] = dict(parts.fields)
    findings: list[Finding] = []
    while True:
        try:
            return msgspec.convert(fields, ItemForm), tuple(findings)
        except msgspec.ValidationError as error:
            field = field_of(str(error))
            what, todo = in_words(str(error))
            findings.append(
                Finding(
                    file=file,
                    line=nearest_line(parts.lines, field) or 1,
                    item=str(fields.get("id", "")),
                    field=field,
                    what=what,
                    todo=todo,
                )
            )
            top = field.partition(".")[0].partition("[")[0]
            if top in _REQUIRED or top not in fields:
                return None, tuple(findings)
            del fields[top]
