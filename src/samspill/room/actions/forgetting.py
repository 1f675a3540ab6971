from samspill.people.models import Person
from samspill.room.models import Contribution

_WORDS = ("text", "what")


def forget_person(person: Person) -> None:
    """When somebody is erased: what they gave under their name stays counted, without the name and the words."""
    for contribution in Contribution.objects.filter(person=person):
        contribution.person = None
        contribution.released_text = ""
        contribution.value = {
            key: "" if key in _WORDS else value for key, value in contribution.value.items()
        }
        contribution.save(update_fields=["person", "released_text", "value"])
