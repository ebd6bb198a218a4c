"""Who erases answers and reads the audit trail: administrators, nobody else."""

from django.db import migrations

from clinicsite.roles import ADMINISTRATORS

CODENAMES = {
    "erase_submission": "Can erase requests and set how long they are kept",
    "audit_submission": "Can read the audit trail",
}


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="forms", model="submission")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ADMINISTRATORS)
    for codename, name in CODENAMES.items():
        permission, _ = Permission.objects.get_or_create(
            content_type=content_type, codename=codename, defaults={"name": name}
        )
        group.permissions.add(permission)


def take(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="forms", codename__in=CODENAMES):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [("forms", "0005_every_event_is_linked")]

    operations = [migrations.RunPython(give, take)]
