from django import template

from samspill.people.queries import PracticeRole, practice_roles

register = template.Library()


@register.simple_tag
def roles_to_practise() -> dict[str, list[PracticeRole]]:
    """The buttons of the sign-in page in practice mode: one a role, and the other leaders by themselves."""
    roles = practice_roles()
    leaders = [role for role in roles if role.key.startswith("leder")]
    return {"roles": [role for role in roles if role not in leaders[1:]], "more_leaders": leaders[1:]}
