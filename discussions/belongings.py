"""What becomes of comments, votes and reports when people close their account, or make two accounts one."""

from members.identity.belongings import contributed, own


def sort() -> None:
    """Say of each model what it is to its person. Called when the app loads."""
    contributed("discussions.Comment", "discussions.Decision", "discussions.Report", "discussions.Suspension")
    own("discussions.Helpful", "comment_id", "reason")
    own("discussions.Mention", "comment_id")
    own("discussions.KeptText", "body", "when")
