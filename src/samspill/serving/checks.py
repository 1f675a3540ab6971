"""What Django cannot know of a site in operation. `samspill check --deploy` says it."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.management import call_command


def check(deploy: bool) -> None:
    """Say what is wrong with the installation; raises SystemCheckError when anything is."""
    call_command("check", deploy=deploy, fail_level="WARNING")


@checks.register(checks.Tags.security, deploy=True)
def nobody_practises_here(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    if not settings.PRACTICE:
        return []
    fault = "SAMSPILL_PRACTICE is yes: anybody can sign in as anybody."
    return [checks.Error(fault, hint="Leave it out in operation.", id="samspill.E001")]


@checks.register(checks.Tags.security, deploy=True)
def address_is_for_operation(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    found: list[checks.CheckMessage] = []
    if not settings.OVER_TLS:
        fault = "SAMSPILL_ADDRESS does not begin with https://."
        hint = "Give the address people use, and let a web server in front of Samspill speak TLS."
        found.append(checks.Error(fault, hint=hint, id="samspill.E002"))
    host = urlsplit(settings.SITE_ADDRESS).hostname
    if host not in settings.ALLOWED_HOSTS and "*" not in settings.ALLOWED_HOSTS:
        fault = f"{host}, the host of SAMSPILL_ADDRESS, is not among SAMSPILL_HOSTS: every page is refused."
        hint = "Add it, or leave SAMSPILL_HOSTS out."
        found.append(checks.Error(fault, hint=hint, id="samspill.E003"))
    return found


@checks.register(checks.Tags.security, deploy=True)
def people_can_be_reached(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    found: list[checks.CheckMessage] = []
    if not settings.EMAIL_HOST:
        fault = "SAMSPILL_SMTP_HOST is not set: no mail leaves the site, so nobody gets a code to sign in."
        found.append(checks.Warning(fault, id="samspill.W001"))
    addresses = {
        "SAMSPILL_MAIL_FROM": settings.DEFAULT_FROM_EMAIL,
        "SAMSPILL_CONTACT_MAIL": settings.CONTACT_MAIL,
    }
    for name, address in addresses.items():
        if "example.org" in address:
            fault = f"{name} is still an example, and nobody reads what is sent there."
            found.append(checks.Warning(fault, id="samspill.W002"))
    return found
