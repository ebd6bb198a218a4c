import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_id", models.UUIDField(default=uuid.uuid4, editable=False)),
                ("type", models.CharField(editable=False, max_length=30, verbose_name="event")),
                ("body", models.TextField(editable=False, verbose_name="message")),
                (
                    "state",
                    models.CharField(
                        choices=[("pending", "Waiting"), ("delivered", "Delivered"), ("failed", "Failed")],
                        default="pending",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="tries")),
                (
                    "created_at",
                    models.DateTimeField(
                        db_index=True, default=django.utils.timezone.now, editable=False, verbose_name="happened"
                    ),
                ),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="due")),
                ("leased_until", models.DateTimeField(editable=False, null=True)),
                ("delivered_at", models.DateTimeField(editable=False, null=True, verbose_name="delivered")),
            ],
            options={
                "verbose_name": "webhook message",
                "verbose_name_plural": "webhook messages",
                "ordering": ["-created_at", "-pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="at")),
                ("milliseconds", models.PositiveIntegerField(editable=False, verbose_name="milliseconds")),
                ("status", models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="answer")),
                (
                    "text",
                    models.CharField(blank=True, editable=False, max_length=500, verbose_name="text of the answer"),
                ),
                (
                    "trouble",
                    models.CharField(
                        blank=True,
                        choices=[
                            (
                                "refused",
                                "The address leads into a private network or is of the wrong kind: nothing was sent.",
                            ),
                            ("unknown_host", "The host was not found."),
                            ("not_reached", "The host could not be reached."),
                            ("timeout", "No whole answer came in time."),
                            ("certificate", "The host's certificate is not valid, or HTTPS failed."),
                            ("broken", "The connection broke off, or the answer was not HTTP."),
                            ("secret", "The signing secret cannot be read: its encryption key is missing."),
                        ],
                        editable=False,
                        max_length=20,
                        verbose_name="trouble",
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="webhooks.delivery",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Endpoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "description",
                    models.CharField(
                        help_text="For you to know it by, such as “Newsletter”.",
                        max_length=100,
                        verbose_name="description",
                    ),
                ),
                (
                    "url",
                    models.CharField(
                        help_text="Messages are sent here. It begins with https:// and is reachable on the internet.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                ("events", models.JSONField(default=list, help_text="What it is told of.", verbose_name="events")),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="While it is off, new events are not kept for it, and messages that wait go on waiting.",
                        verbose_name="on",
                    ),
                ),
                ("is_told_of_requests", models.BooleanField(default=False, editable=False)),
                ("failing_since", models.DateTimeField(editable=False, null=True)),
                (
                    "off_reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gone", "It answered that it is gone (410)."),
                            ("failing", "Nothing could be delivered to it for five days."),
                        ],
                        editable=False,
                        max_length=10,
                    ),
                ),
                ("off_at", models.DateTimeField(editable=False, null=True)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added"),
                ),
                (
                    "site",
                    models.ForeignKey(
                        help_text="Only what happens on this site is told.",
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["description", "pk"],
            },
        ),
        migrations.AddField(
            model_name="delivery",
            name="endpoint",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="webhooks.endpoint",
                verbose_name="webhook",
            ),
        ),
        migrations.CreateModel(
            name="EndpointSecret",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("secret_encrypted", models.BinaryField()),
                ("key_id", models.CharField(editable=False, max_length=64)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("ends_at", models.DateTimeField(editable=False, null=True)),
                (
                    "endpoint",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="endpoint_secrets",
                        to="webhooks.endpoint",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(fields=["state", "due_at"], name="webhook_due"),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(fields=("endpoint", "event_id"), name="webhook_event_once"),
        ),
    ]
