"""What waits in the queue of background work."""

from __future__ import annotations

from typing import Any

from django_tasks_db.models import DBTaskResult


def count_waiting(task: Any, *args: Any) -> int:
    """Return how many times a task waits for a worker with these arguments."""
    return DBTaskResult.objects.ready().filter(
        task_path=task.module_path, args_kwargs__args=list(args)
    ).count()  # fmt: skip
