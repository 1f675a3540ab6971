from django.db.models import Q


def contains(words: str, *fields: str) -> Q:
    """Rows where one of the fields contains the words, whatever the case of their letters.

    SQLite folds the case of A to Z only, so "øvings" would not find "Øvingsdepartementet" if it were asked once.
    """
    found = Q()
    for written in {words, words.lower(), words.upper(), words.capitalize(), words.title()}:
        for field in fields:
            found |= Q(**{f"{field}__icontains": written})
    return found
