from samspill.planning.forms.item import ItemForm
from samspill.planning.forms.schedule import CancelForm, ScheduleForm

__all__ = ["CancelForm", "ItemForm", "ScheduleForm"]
