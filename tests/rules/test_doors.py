"""What a browser is made to send from another site is refused, at every address."""

from django.urls import URLPattern, URLResolver, get_resolver
from django.views import View


def callbacks(resolver: URLResolver) -> dict[str, View]:
    found = {}
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found |= callbacks(pattern)
        elif isinstance(pattern, URLPattern):
            found[pattern.lookup_str] = pattern.callback
    return found


def test_only_the_feedback_form_which_knows_nobody_is_sent_without_a_token_of_the_session() -> None:
    exempt = [name for name, view in callbacks(get_resolver()).items() if getattr(view, "csrf_exempt", False)]

    assert exempt == ["samspill.public.views.feedback"]
