"""A process beside the demo's server that does what a journey does not click through, one piece of code after another.

Starting Django takes seconds: one process does it once for all of a worker's journeys.
"""

import contextlib
import io
import json
import sys
import traceback


def _do(code: str, names: dict) -> str:
    """Run it like `manage.py shell`; what went wrong, or nothing."""
    from django.db import close_old_connections
    from django.utils import translation

    close_old_connections()
    try:
        with translation.override(None), contextlib.redirect_stdout(io.StringIO()):
            exec(compile(code, "<journey>", "exec"), dict(names))
    except Exception:
        return traceback.format_exc()
    return ""


def main() -> None:
    """Answer each line of code, as JSON, with a line."""
    import django
    from django.core.management.commands.shell import Command

    django.setup()
    names = Command().get_namespace(verbosity=0)
    for line in sys.stdin:
        sys.stdout.write(json.dumps(_do(json.loads(line), names)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
