"""The four roles as groups, the clinical review workflow, and an end to Wagtail's two default groups while unused."""

from django.db import migrations

from clinicsite.roles import (
    ADMINISTRATORS,
    ALL_ROLES,
    CLINICAL_REVIEW,
    CLINICIAN_REVIEWERS,
    FRONT_DESK,
    MARKETING_EDITORS,
)

CRUD = ("add", "change", "delete", "view")
LISTS = ("conditions.bodyregion", "conditions.treatment", "staff.staffrole", "staff.specialty")
ENTER = {"wagtailadmin.admin": ("access",)}
EDIT_CONTENT = {
    **ENTER,
    **dict.fromkeys(LISTS, CRUD),
    "clinicsite.clinicsettings": ("change",),
    "wagtailredirects.redirect": CRUD,
}
MODEL_PERMISSIONS = {
    MARKETING_EDITORS: EDIT_CONTENT,
    CLINICIAN_REVIEWERS: {**ENTER, **dict.fromkeys(LISTS, ("view",)), "conditions.treatment": ("change", "view")},
    FRONT_DESK: ENTER,
    ADMINISTRATORS: {
        **EDIT_CONTENT,
        "auth.user": CRUD,
        "auth.group": CRUD,
        "wagtailcore.site": CRUD,
        "wagtailcore.workflow": CRUD,
        "wagtailcore.task": CRUD,
    },
}
ALL_PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
PAGE_PERMISSIONS = {
    MARKETING_EDITORS: ALL_PAGE_ACTIONS,
    CLINICIAN_REVIEWERS: ("change",),
    ADMINISTRATORS: ALL_PAGE_ACTIONS,
}
MANAGE_FILES = {
    "wagtailimages.image": ("add", "change", "choose"),
    "wagtaildocs.document": ("add", "change", "choose"),
    "wagtailcore.collection": ("add", "change", "delete"),
}
COLLECTION_PERMISSIONS = {
    MARKETING_EDITORS: MANAGE_FILES,
    CLINICIAN_REVIEWERS: {"wagtailimages.image": ("choose",), "wagtaildocs.document": ("choose",)},
    ADMINISTRATORS: MANAGE_FILES,
}


def permissions(apps, wanted):
    """Return the permission rows for ``{"app.model": (action, …)}``; Django makes missing ones only after migrating."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    Permission = apps.get_model("auth", "Permission")
    rows = []
    for label, actions in wanted.items():
        app_label, model = label.split(".")
        content_type, _ = ContentType.objects.get_or_create(app_label=app_label, model=model)
        for action in actions:
            row, _ = Permission.objects.get_or_create(
                content_type=content_type,
                codename=f"{action}_{model}",
                defaults={"name": f"Can {action} {model}"},
            )
            rows.append(row)
    return rows


def create_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    GroupPagePermission = apps.get_model("wagtailcore", "GroupPagePermission")
    GroupCollectionPermission = apps.get_model("wagtailcore", "GroupCollectionPermission")
    root_page = apps.get_model("wagtailcore", "Page").objects.get(depth=1)
    root_collection = apps.get_model("wagtailcore", "Collection").objects.get(depth=1)
    for role in ALL_ROLES:
        group, _ = Group.objects.get_or_create(name=role)
        group.permissions.add(*permissions(apps, MODEL_PERMISSIONS[role]))
        for permission in permissions(apps, {"wagtailcore.page": PAGE_PERMISSIONS.get(role, ())}):
            GroupPagePermission.objects.get_or_create(group=group, page=root_page, permission=permission)
        for permission in permissions(apps, COLLECTION_PERMISSIONS.get(role, {})):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=root_collection, permission=permission
            )


def remove_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ALL_ROLES).delete()


def create_review(apps, schema_editor):
    ContentType = apps.get_model("contenttypes", "ContentType")
    content_type, _ = ContentType.objects.get_or_create(app_label="wagtailcore", model="groupapprovaltask")
    task = apps.get_model("wagtailcore", "GroupApprovalTask").objects.create(
        name="Approval by a clinician", content_type=content_type, active=True
    )
    task.groups.add(apps.get_model("auth", "Group").objects.get(name=CLINICIAN_REVIEWERS))
    workflow = apps.get_model("wagtailcore", "Workflow").objects.create(name=CLINICAL_REVIEW, active=True)
    apps.get_model("wagtailcore", "WorkflowTask").objects.create(workflow=workflow, task=task, sort_order=0)


def remove_review(apps, schema_editor):
    apps.get_model("wagtailcore", "Workflow").objects.filter(name=CLINICAL_REVIEW).delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(name="Approval by a clinician").delete()


def remove_unused_defaults(apps, schema_editor):
    """Remove Wagtail's own groups and workflow where nobody is in them and nothing has gone through it."""
    Group = apps.get_model("auth", "Group")
    Workflow = apps.get_model("wagtailcore", "Workflow")
    Task = apps.get_model("wagtailcore", "Task")
    Group.objects.filter(name__in=("Moderators", "Editors"), user__isnull=True).delete()
    name = "Moderators approval"
    Workflow.objects.filter(name=name, workflow_states__isnull=True).delete()
    Task.objects.filter(name=name, task_states__isnull=True, workflow_tasks__isnull=True).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("clinicsite", "0002_opening_hours_have_times"),
        ("conditions", "0002_initial"),
        ("staff", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
        ("wagtailusers", "0015_userprofile_keyboard_shortcuts"),
    ]

    operations = [
        migrations.RunPython(create_roles, remove_roles),
        migrations.RunPython(create_review, remove_review),
        migrations.RunPython(remove_unused_defaults, migrations.RunPython.noop),
    ]
