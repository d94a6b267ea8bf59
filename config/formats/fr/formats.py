"""The names that Django looks for; what is not here is as Django has it."""

# 12/11/2026 is a day in December to many who also read English.
SHORT_DATE_FORMAT = "j N Y"
SHORT_DATETIME_FORMAT = "j N Y H:i"
