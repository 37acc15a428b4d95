"""What can be asked of people: one task type per file. To add one, write its file and add its line here."""

from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.task import TaskType

TASK_TYPES: tuple[TaskType, ...] = (Compare(),)
"""All task types. The unions of the wire (rapids, example payloads and truths) are built from this list."""
