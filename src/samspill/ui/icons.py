"""The few drawings the pages use, on a grid of 24, drawn with the colour of the text around them."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

ICONS = {
    "add": "M12 5v14M5 12h14",
    "back": "M19 12H5M11 6l-6 6 6 6",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v5M16 3v5",
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5l3.5 2",
    "close": "M6 6l12 12M18 6L6 18",
    "copy": "M9 9h11v11H9zM5 15H4V4h11v1",
    "down": "M12 5v14M6 13l6 6 6-6",
    "download": "M12 4v11M7 10.5l5 5 5-5M4 20h16",
    "drag": "M9 6h.01M15 6h.01M9 12h.01M15 12h.01M9 18h.01M15 18h.01",
    "edit": "M4 20l1-4L16 5l3 3L8 19zM14 7l3 3",
    "forward": "M5 12h14M13 6l6 6-6 6",
    "info": "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 11v5M12 8h.01",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
    "mail": "M3 6h18v13H3zM3.5 6.5L12 13l8.5-6.5",
    "menu": "M4 7h16M4 12h16M4 17h16",
    "people": "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6"
    "M16 4.5a3.5 3.5 0 0 1 0 6M17.5 14.3c2.3.8 3.7 2.7 4 5.7",
    "person": "M12 11.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.5-4.5 3.5-6.5 7.5-6.5s7 2 7.5 6.5",
    "print": "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
    "remove": "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
    "screen": "M3 5h18v11H3zM9 20h6M12 16v4",
    "send": "M4 12L20 4l-5 16-3.5-6.5z",
    "up": "M12 19V5M6 11l6-6 6 6",
    "warning": "M12 4L2.5 20h19zM12 10v4.5M12 17.3h.01",
}


def icon(name: str) -> SafeString:
    """An icon beside words. It says nothing by itself, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false"><path d="{}"/></svg>',
        mark_safe(ICONS[name]),  # noqa: S308 -- our own constants, nothing a person has written
    )
