from django.http import HttpRequest

from samspill.people.models import Person


class SignedIn(HttpRequest):
    """A request as views behind the sign-in get it: `user` is a person. For type annotations only."""

    user: Person
