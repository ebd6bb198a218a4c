"""Who lets other front ends call the API: administrators, nobody else."""

from django.db import migrations

from clinicsite.roles import ADMINISTRATORS


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="clinicsite", model="apisettings")
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=ADMINISTRATORS)
    permission, _ = Permission.objects.get_or_create(
        content_type=content_type, codename="change_apisettings", defaults={"name": "Can change API"}
    )
    group.permissions.add(permission)


def take(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="clinicsite", codename="change_apisettings"):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [("clinicsite", "0004_what_the_api_needs")]

    operations = [migrations.RunPython(give, take)]
