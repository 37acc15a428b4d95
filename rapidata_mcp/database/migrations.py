"""The migrations, oldest first, and the current schema.

To change a table, change `tables.py` and append a migration. A new column is nullable or has a server default. Save the
new schema as a fixture: tests/database/test_schema.py fails until that is done, and says how.

There is no Alembic: importing it takes 87 ms on top of SQLAlchemy's 160. It could be imported for an upgrade only, but
its first revision would need a second copy of all tables, because databases without a version have only some of them.
"""

from __future__ import annotations

from rapidata_mcp.database.schema import Migration, Schema
from rapidata_mcp.database.tables import metadata

_LOAD = """UPDATE job_datapoints SET load =
(SELECT COUNT(*) FROM responses r
 WHERE r.job_id = job_datapoints.job_id AND r.position = job_datapoints.position)
+ (SELECT COUNT(*) FROM assignments a
   WHERE a.job_id = job_datapoints.job_id AND a.position = job_datapoints.position)"""

MIGRATIONS = (
    Migration(  # 1: from databases without a version
        columns={
            "ledger.owner": None,
            "ledger.notes": None,
            "assets.media_type": None,
            "assets.size": None,
            "assets.used": None,
            "audiences.base_id": None,
            "datapoints.segments": None,
            "datapoints.group_name": None,
            "definitions.deleted_at": None,
            "jobs.cost": None,
            "jobs.preceding_job_id": None,
            "jobs.failed_at": None,
            "jobs.failure_message": None,
            "jobs.review_reason": None,
            "jobs.stale_at_end": None,
            "jobs.deleted_at": None,
            "jobs.pairs_dataset_id": None,
            "jobs.pairs_made": None,
            "labelers.device": None,
            "revisions.aggregator_type": None,
            "revisions.validation_set_id": None,
            "revisions.base_revision_number": None,
            "responses.answer": None,
            "responses.shown_at": None,
            "job_datapoints.load": _LOAD,
        }
    ),
)

_LEDGER = frozenset({"ledger"})
_UPLOADS = frozenset({"uploads"})
_PLATFORM = frozenset(
    {
        "assets",
        "assignments",
        "audiences",
        "batch_uploads",
        "candidates",
        "datapoints",
        "datasets",
        "definitions",
        "example_responses",
        "examples",
        "job_datapoints",
        "jobs",
        "labelers",
        "responses",
        "revisions",
    }
)

CURRENT = Schema(metadata, MIGRATIONS, groups=(_PLATFORM, _LEDGER, _UPLOADS))
