"""What becomes of what somebody wrote, asked for and published when their account goes: it stays, it is the town's."""

from members.identity.belongings import contributed


def sort() -> None:
    """Say of each model what it is to its person. Called when the app loads."""
    contributed("authoring.Draft", "authoring.PreviewLink", "authoring.Edition")
