"""Days and times in British English. Templates name the format, so that no language gets another's punctuation."""

DATE_FORMAT = "j F Y"
MONTH_DAY_FORMAT = "j F"
SHORT_MONTH_DAY_FORMAT = "j M"
WEEKDAY_FORMAT = "l j F Y"
DATETIME_FORMAT = "j F Y, H:i"
MONTH_DAY_TIME_FORMAT = "j F, H:i"
WEEKDAY_TIME_FORMAT = "l j F Y, H:i"
FIRST_DAY_OF_WEEK = 1
