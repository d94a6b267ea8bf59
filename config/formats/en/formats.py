"""The names that Django looks for; what is not here is as Django has it."""

# 11/12/2026 is a day in November to some Canadians and one in December to others.
SHORT_DATE_FORMAT = "N j, Y"
SHORT_DATETIME_FORMAT = "N j, Y, P"
