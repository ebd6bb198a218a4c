"""Links the events there are into the chain, and notes on each request what its events say of it."""

from django.db import migrations

from forms.privacy import chain, keyring

BATCH = 1000


def link_events(apps, schema_editor):
    Event = apps.get_model("forms", "SubmissionEvent")
    Head = apps.get_model("forms", "AuditHead")
    head = Head(pk=1, sequence=0, mac=chain.START)
    batch = []
    # The trail's own manager forbids updates; the historical model has a plain one.
    for event in Event.objects.order_by("at", "pk").iterator(chunk_size=BATCH):
        head.sequence += 1
        head.key_id = head.key_id or next(iter(keyring()))
        event.sequence, event.key_id = head.sequence, head.key_id
        content = chain.content(
            event.sequence, event.kind, event.at, event.submission_id, event.actor, event.address or "", event.details
        )
        event.mac = head.mac = chain.mac(head.mac, content, head.key_id)
        batch.append(event)
        if len(batch) == BATCH:
            Event.objects.bulk_update(batch, ["sequence", "key_id", "mac"])
            batch = []
    Event.objects.bulk_update(batch, ["sequence", "key_id", "mac"])
    head.save()


def unlink_events(apps, schema_editor):
    apps.get_model("forms", "AuditHead").objects.all().delete()


def note_what_was_done(apps, schema_editor):
    Event = apps.get_model("forms", "SubmissionEvent")
    Submission = apps.get_model("forms", "Submission")
    for kind, field in (("status_changed", "first_contact_at"), ("viewed", "read_at")):
        for event in Event.objects.filter(kind=kind).order_by("at", "pk").iterator(chunk_size=BATCH):
            Submission.objects.filter(pk=event.submission_id, **{field: None}).update(**{field: event.at})
    for submission in Submission.objects.exclude(status="new").filter(read_at=None).iterator(chunk_size=BATCH):
        Submission.objects.filter(pk=submission.pk).update(read_at=submission.created_at)


class Migration(migrations.Migration):
    dependencies = [("forms", "0003_working_the_requests")]

    operations = [
        migrations.RunPython(link_events, unlink_events),
        migrations.RunPython(note_what_was_done, migrations.RunPython.noop),
    ]
