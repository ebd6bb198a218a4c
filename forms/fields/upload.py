"""A question answered with files, such as photos of an insurance card."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail import blocks

from forms.fields.base import Column, FieldBlock, FieldType, Frozen, register

MOST_FILES = 4


class UploadBlock(FieldBlock):
    """A question for files."""

    most = blocks.IntegerBlock(
        min_value=1,
        max_value=MOST_FILES,
        default=2,
        label=gettext_lazy("Most files"),
        help_text=gettext_lazy("Two fit both sides of a card."),
    )

    class Meta:
        icon = "upload"
        label = gettext_lazy("Photo or document")
        description = gettext_lazy(
            "For a referral or an insurance card, as a photo or a PDF. Stored encrypted; only those who read requests "
            "can open it."
        )
        preview_value = {"label": gettext_lazy("Your insurance card, both sides"), "most": 2}


class UploadWidget(forms.FileInput):
    """A file input that takes several, beside the files that were kept from before, each of which can be unticked."""

    allow_multiple_selected = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.kept: list[Any] = []

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> dict[str, list[Any]]:
        """Return the new files and the tokens of those kept; over the API all come as tokens."""
        if not isinstance(data, MultiValueDict):
            tokens = data.get(name)
            return {"files": [], "tokens": tokens if isinstance(tokens, list) else []}
        sent = files.getlist(name) if isinstance(files, MultiValueDict) else []
        return {"files": sent, "tokens": data.getlist(f"{name}_kept")}

    def use_required_attribute(self, initial: Any) -> bool:
        """Return False where a file was kept: no further one is needed."""
        return not self.kept


class UploadField(forms.Field):
    """Checks files and tokens; what is new is stored later, once the rules are known to show the question."""

    def __init__(self, *, field_id: str, most: int, **kwargs: Any) -> None:
        self.field_id, self.most = field_id, most
        self.form_id: UUID | None = None
        super().__init__(widget=UploadWidget(), **kwargs)

    def clean(self, value: dict[str, list[Any]]) -> list[Any]:
        """Return what was kept and the new files. Raises ValidationError, each message with the file's name."""
        from forms import uploads

        tokens = [str(token) for token in value["tokens"]][: MOST_FILES * 2]
        found = [uploads.from_token(token, self.form_id, self.field_id) for token in dict.fromkeys(tokens)]
        self.widget.kept = kept = [item for item in found if item]
        errors: list[ValidationError] = []
        if len(kept) < len(found):
            errors.append(ValidationError(_("A file you added before is no longer here. Add it again."), code="gone"))
        for file in value["files"]:
            try:
                uploads.check(file)
            except ValidationError as error:
                errors.append(error)
        if len(kept) + len(value["files"]) > self.most:
            errors.append(ValidationError(self.error_messages["too_many"], code="too_many"))
        if errors:
            raise ValidationError(errors)
        if self.required and not kept and not value["files"]:
            raise ValidationError(self.error_messages["required"], code="required")
        return [*kept, *value["files"]]


@register
class UploadType(FieldType):
    """Files of a patient: what is stored says their names and where they are; the files are kept apart."""

    name = "upload"
    block_class = UploadBlock
    template = "forms/fields/upload.html"
    control_class = "field__file"
    is_live = True  # Its form field remembers the files of one form, so it is not shared.
    json_types = (list,)

    def form_field(self, field: Frozen) -> forms.Field:
        """Return a file input for as many files as the editor allows."""
        most = self._most(field)
        too_many = ngettext("Add no more than one file.", "Add no more than %(most)s files.", most) % {"most": most}
        common = self._common(field, too_many=too_many)
        common["help_text"] = f"{common['help_text'] or ''} {self.hint(field)}".strip()
        form_field = UploadField(field_id=field["id"], most=most, **common)
        form_field.widget.attrs |= {"accept": self.accepted()} | ({"multiple": True} if most > 1 else {})
        return form_field

    @staticmethod
    def accepted() -> str:
        """Return the types of file that are taken, as a file input names them."""
        from forms import uploads

        return ",".join(uploads.ENDINGS)

    def hint(self, field: Frozen) -> str:
        """Return what may be sent, in words."""
        from forms import uploads

        most = self._most(field)
        return ngettext(
            "A photo or a PDF of up to %(size)s.", "Up to %(most)s photos or PDFs of up to %(size)s each.", most
        ) % {"most": most, "size": uploads.most_words()}

    def keep(self, field: Frozen, form_field: forms.Field, value: list[Any], form_id: UUID | None) -> list[Any]:
        """Store the new files. Raises ValidationError where that fails, and keeps those already stored in the form."""
        from forms import uploads

        kept: list[Any] = []
        form_field.widget.kept = kept
        for item in value:
            if not isinstance(item, uploads.Kept):
                if form_id is None:
                    raise ValueError("A file is kept for a form: give AnswerForm its form_id.")
                item = uploads.keep(item, form_id, field["id"])
            kept.append(item)
        return kept

    def to_json(self, value: list[Any]) -> list[dict[str, Any]]:
        """Return what an answer says of the files; of those not stored yet, their names."""
        from forms import uploads

        return [asdict(item) if isinstance(item, uploads.Kept) else {"name": item.name} for item in value or []]

    def json_schema(self, field: Frozen) -> dict[str, Any]:
        """Return a list of the tokens that the address for files gave."""
        schema = {"type": "array", "items": {"type": "string"}, "uniqueItems": True, "maxItems": self._most(field)}
        return schema | ({"minItems": 1} if field.get("required") else {})

    def writer(self, field: Frozen) -> Callable[[Any], str]:
        """Return a function that writes the names of the files."""
        return lambda answer: "; ".join([item["name"] for item in answer])

    def columns(self, field: Frozen) -> list[Column]:
        """Return a column with the names: the files themselves are read one by one, where the trail records it."""
        return [Column("", "", self.writer(field))]

    def files(self, answer: Any) -> list[dict[str, Any]]:
        """Return the files."""
        return answer

    def required_message(self, field: Frozen) -> str:
        """Return what to do when nothing was added."""
        return _("Add a photo or a PDF for “%(question)s”.") % {"question": field["label"]}

    def fhir_item(self, field: Frozen) -> dict[str, Any]:
        """Return attachments."""
        return {"type": "attachment", "repeats": True}

    def fhir_answers(self, field: Frozen, answer: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the name, type and size of each file, and no address: there is none."""
        return [
            {"valueAttachment": {"title": item["name"], "contentType": item["type"], "size": item["size"]}}
            for item in answer
        ]

    def _most(self, field: Frozen) -> int:
        return min(field.get("most") or 1, MOST_FILES)
