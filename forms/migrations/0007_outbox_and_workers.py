"""One notification per person, and workers that know of each other."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("forms", "0006_who_may_erase"),
    ]

    operations = [
        migrations.CreateModel(
            name="Chore",
            fields=[
                ("name", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("done_at", models.DateTimeField(null=True)),
                ("last_error", models.CharField(blank=True, max_length=100)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Worker",
            fields=[
                ("worker_id", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("alive_at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.RemoveField(
            model_name="notification",
            name="recipients",
        ),
        migrations.AddField(
            model_name="notification",
            name="recipient",
            field=models.EmailField(blank=True, editable=False, max_length=320, verbose_name="to"),
        ),
        migrations.AlterField(
            model_name="notification",
            name="state",
            field=models.CharField(
                choices=[("pending", "Waiting"), ("sent", "Sent"), ("failed", "Failed"), ("set_aside", "Set aside")],
                default="pending",
                editable=False,
                max_length=10,
                verbose_name="state",
            ),
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
                    ("notification_set_aside", "Failed e-mail set aside"),
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
                    ("keys_rotated", "Encryption key changed"),
                ],
                editable=False,
                max_length=30,
                verbose_name="event",
            ),
        ),
    ]
