"""Who answers privacy requests: administrators, nobody else; and the audit trail says who looked at it."""

from django.db import migrations, models

from clinicsite.roles import ADMINISTRATORS

CODENAME = "privacy_submission"
NAME = "Can answer privacy requests: a copy, or the erasure, of all that one person sent"


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="forms", model="submission")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ADMINISTRATORS)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type, codename=CODENAME, defaults={"name": NAME}
    )
    group.permissions.add(permission)


def take(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="forms", codename=CODENAME):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0008_quarantine_by_hand"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="submission",
            options={
                "default_permissions": ("view", "change"),
                "ordering": ["-created_at", "-pk"],
                "permissions": [
                    ("export_submission", "Can export requests"),
                    ("erase_submission", "Can erase requests and set how long they are kept"),
                    (
                        "privacy_submission",
                        "Can answer privacy requests: a copy, or the erasure, of all that one person sent",
                    ),
                    ("audit_submission", "Can read the audit trail"),
                ],
                "verbose_name": "request",
                "verbose_name_plural": "requests",
            },
        ),
        migrations.AlterField(
            model_name="submissionevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("submitted", "Sent by the patient"),
                    ("viewed", "Viewed"),
                    ("exported", "Exported"),
                    ("status_changed", "Status changed"),
                    ("notified", "Front desk notified by e-mail"),
                    ("notification_failed", "E-mail to the front desk failed"),
                    ("patient_notified", "Patient told by e-mail that it arrived"),
                    ("patient_notification_failed", "E-mail to the patient failed"),
                    ("notification_retried", "E-mail sent again by hand"),
                    ("notification_set_aside", "E-mail set aside"),
                    ("assigned", "Assigned"),
                    ("note_added", "Note added"),
                    ("marked_unread", "Marked as unread"),
                    ("quarantined", "Put in quarantine"),
                    ("released", "Released from quarantine"),
                    ("held", "Put under legal hold"),
                    ("hold_lifted", "Legal hold lifted"),
                    ("file_downloaded", "File downloaded"),
                    ("export_downloaded", "Export downloaded"),
                    ("searched", "Searched by contact"),
                    ("access_given", "Copy made for the patient"),
                    ("erased", "Answers erased"),
                    ("purged", "Answers erased when their time was up"),
                    ("trail_viewed", "Audit trail viewed"),
                    ("trail_exported", "Audit trail exported"),
                    ("keys_rotated", "Encryption key changed"),
                ],
                editable=False,
                max_length=30,
                verbose_name="event",
            ),
        ),
        migrations.RunPython(give, take),
    ]
