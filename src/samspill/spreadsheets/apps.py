from django.apps import AppConfig


class SpreadsheetsConfig(AppConfig):
    name = "samspill.spreadsheets"
