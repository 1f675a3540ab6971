"""Days and times in nynorsk. Templates name the format, so that no language gets another's punctuation."""

DATE_FORMAT = "j. F Y"
MONTH_DAY_FORMAT = "j. F"
SHORT_MONTH_DAY_FORMAT = "j.n."
WEEKDAY_FORMAT = "l j. F Y"
DATETIME_FORMAT = r"j. F Y \k\l. H:i"
MONTH_DAY_TIME_FORMAT = r"j. F \k\l. H:i"
WEEKDAY_TIME_FORMAT = r"l j. F Y \k\l. H:i"
