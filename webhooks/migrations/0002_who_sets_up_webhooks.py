"""Who sets up webhooks and reads what became of their messages: administrators, nobody else."""

from django.db import migrations

from clinicsite.roles import ADMINISTRATORS

ACTIONS = ("add", "change", "delete", "view")


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="webhooks", model="endpoint")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ADMINISTRATORS)
    for action in ACTIONS:
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=f"{action}_endpoint", defaults={"name": f"Can {action} webhook"}
        )
        group.permissions.add(permission)


def take(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="webhooks", content_type__model="endpoint"):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("webhooks", "0001_initial"),
        ("clinicsite", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
