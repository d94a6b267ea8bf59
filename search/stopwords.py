"""Words too common to search for.

Our own lists rather than an engine's, so that both engines leave out the same words, and so that
words which mean something to a municipality stay: "IT" and "AI", "été" (summer), "car", "comment".
"""

ENGLISH = frozenset(
    """
    a an and are as at be been being but by can could did do does for from had has have he her him his how i
    if in into is its of on or our s she should so such t than that the their them then there these they this
    those to was we were what when where which while who whom why will with would you your
    """.split()
)
FRENCH = frozenset(
    """
    à a au aux avec c ce ces cet cette d dans de des dont du elle elles en est et eux il ils j je l la le les
    leur leurs lui m ma mais me même meme mes n ne nos notre nous on ou où par pas pour qu que quel quelle
    quelles quels qui s sa se ses si son sont sur t ta te tes tu un une vos votre vous y
    """.split()
)
STOP_WORDS = ENGLISH | FRENCH
