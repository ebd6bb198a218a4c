"""Who makes API tokens: marketing editors for themselves, administrators for everybody."""

from django.db import migrations

from clinicsite.roles import ADMINISTRATORS, MARKETING_EDITORS

NAMES = {
    "add_apitoken": "Can add API token",
    "manage_apitoken": "Can make API tokens for others, and see and revoke all of them",
}
ROLES = {MARKETING_EDITORS: ["add_apitoken"], ADMINISTRATORS: ["add_apitoken", "manage_apitoken"]}


def give(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    content_type, _ = ContentType.objects.get_or_create(app_label="tokens", model="apitoken")
    for role, codenames in ROLES.items():
        group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=role)
        for codename in codenames:
            permission, _ = Permission.objects.get_or_create(
                content_type=content_type, codename=codename, defaults={"name": NAMES[codename]}
            )
            group.permissions.add(permission)


def take(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for permission in Permission.objects.filter(content_type__app_label="tokens", codename__in=NAMES):
        permission.group_set.clear()


class Migration(migrations.Migration):
    dependencies = [
        ("tokens", "0001_initial"),
        ("clinicsite", "0003_roles"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, take)]
