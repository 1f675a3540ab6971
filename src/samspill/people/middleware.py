"""The reader's language, and refusals as a page instead of an error."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from samspill.errors import Refused, TooOften

Handler = Callable[[HttpRequest], HttpResponse]


class LanguageMiddleware:
    """A signed-in person's own language; else what the session or the address asks for; else bokmål."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = self._language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    def _language(self, request: HttpRequest) -> str:
        first = request.path_info.split("/", 2)[1]
        if first in dict(settings.LANGUAGES):
            return first
        if request.user.is_authenticated:
            return request.user.language
        chosen = request.session.get("language")
        return chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class RefusalMiddleware:
    """`Refused` raised anywhere becomes a page that says the sentence; nothing the user wrote is logged."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        status = 429 if isinstance(exception, TooOften) else 409
        return render(request, "refused.html", {"sentence": exception.sentence}, status=status)
