from typing import Any

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, Any]:
    """What every page may need to know of the site."""
    return {"practice": settings.PRACTICE, "site_address": settings.SITE_ADDRESS}
