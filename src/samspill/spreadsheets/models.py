from django.db import models


class Pending(models.Model):
    """An upload that has been read but not confirmed, so that confirming needs no second upload."""

    key = models.CharField(max_length=43, unique=True)
    person = models.BigIntegerField()  # who uploaded it; nobody else may see or confirm it
    kind = models.CharField(max_length=60)  # what it is for: "sectors.organisations", "cohorts.leaders:12"
    name = models.CharField(max_length=200, blank=True)  # the file's name, or where the rows were fetched
    table = models.JSONField()  # `Table.as_json`
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
