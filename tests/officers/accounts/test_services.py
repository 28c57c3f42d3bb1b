"""Changing accounts."""

import pytest
from django.db import IntegrityError, transaction

from housingplus.audit.models import AuditEvent
from housingplus.common.permissions import Permission
from officers.accounts import services
from officers.accounts.errors import OwnAccount
from officers.accounts.roles import Role
from tests.factories.officers import UserFactory

pytestmark = pytest.mark.django_db


def test_set_role_gives_admin_to_administrators_only(administrator):
    account = UserFactory(role=Role.ANALYST)
    account = services.set_role(
        account=account, role=Role.ADMINISTRATOR, by=administrator
    )
    assert (account.is_staff, account.is_superuser) == (True, True)
    account = services.set_role(account=account, role=Role.ANALYST, by=administrator)
    assert (account.is_staff, account.is_superuser) == (False, False)


def test_set_role_is_recorded(administrator):
    account = UserFactory(role=Role.ANALYST)
    services.set_role(account=account, role=Role.SERVICE_MANAGER, by=administrator)
    event = AuditEvent.objects.get()
    assert event.verb == "account.role_changed"
    assert event.changes == {"role": ["analyst", "service_manager"]}


def test_nobody_changes_their_own_role_or_disables_themselves(administrator):
    with pytest.raises(OwnAccount):
        services.set_role(account=administrator, role=Role.ANALYST, by=administrator)
    with pytest.raises(OwnAccount):
        services.disable_account(account=administrator, by=administrator)


@pytest.mark.parametrize("flag", ["is_staff", "is_superuser"])
def test_database_keeps_admin_for_administrators(flag):
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(role=Role.PATCH_OFFICER, **{flag: True})


def test_account_whose_role_is_no_more_may_do_nothing(client_for):
    account = UserFactory(role="night_warden")
    assert not any(account.has_permission(permission) for permission in Permission)
    assert client_for(account).get("/").status_code in {200, 403}
    assert client_for(account).get("/patches/").status_code == 403
