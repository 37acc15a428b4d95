"""The task types, one per file. To add one, write its file and its page fragment, and add a line here."""

from rapidata_mcp.tasks.classification import Classification
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.draw import Draw
from rapidata_mcp.tasks.free_text import FreeText
from rapidata_mcp.tasks.locate import Locate
from rapidata_mcp.tasks.ranking import Ranking
from rapidata_mcp.tasks.select_words import SelectWords
from rapidata_mcp.tasks.task import TaskType, TaskTypeWithExamples
from rapidata_mcp.wire import WireModel

TASK_TYPES: tuple[TaskType, ...] = (
    Compare(),
    Classification(),
    Ranking(),
    FreeText(),
    Locate(),
    Draw(),
    SelectWords(),
)
"""All task types. The unions of the wire (rapids, workflows, example payloads and truths) are built from this list."""


def task_type_of(spec: WireModel) -> TaskType:
    """The task type whose rapid or workflow this is."""
    return next(kind for kind in TASK_TYPES if type(spec) in (kind.rapid, kind.workflow))


def task_type_of_example(payload: WireModel) -> TaskTypeWithExamples:
    """The task type whose example payload this is."""
    return next(kind for kind in with_examples() if type(payload) is kind.payload)


def with_examples() -> list[TaskTypeWithExamples]:
    """The task types for which labelers can be examined."""
    return [kind for kind in TASK_TYPES if isinstance(kind, TaskTypeWithExamples)]
