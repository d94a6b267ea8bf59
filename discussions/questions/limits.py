"""How much is enough; each number stands in docs/operations/retention.md."""

from datetime import timedelta

QUESTIONS_A_DAY = 5
ANSWERS_A_DAY = 30
DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Nobody is asked more often, whoever asks.
ASKS_A_WEEK = 2
# A question is put to so many people at once.
PEOPLE_ASKED = 5
LONGEST_CLAIM = timedelta(days=30)
# Working days after which a question without an answer is the coordinator's.
PATIENCE = 5
