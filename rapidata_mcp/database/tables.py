"""All tables. Times are seconds since the epoch unless a column says otherwise.

To change a table, see `migrations.py`.
"""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Double, ForeignKey, Index, Integer, MetaData, String, Table, Text, true

metadata = MetaData()

LOCAL_ACCOUNT = "local"
"""The value of `account` for the local platform, whose money is for rehearsals."""

schema_version = Table(
    "rapidata_mcp_schema",  # one row
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("program", String, nullable=False),  # the version of rapidata-mcp that brought the schema to this version
)

ledger = Table(
    "ledger",  # creates on a platform, one row each (`spending/ledger.py`)
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("kind", String, nullable=False),
    Column("begun_at", Double, nullable=False),  # the last sign of life of the latest try
    Column("owner", String),  # the process that works on it; null: none
    Column("notes", JSON, nullable=False, server_default="{}"),  # checkpoints
    Column("settled_at", Double),
    Column("made_id", String),
)

quotes = Table(
    "quotes",
    metadata,
    Column("id", String, primary_key=True),
    Column("account", String, nullable=False),
    Column("job_definition_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("audience_id", String, nullable=False),
    Column("run_after", String, nullable=False),
    Column("repeat", Boolean, nullable=False),
    Column("estimate", Double, nullable=False),
    Column("shortfall", Double, nullable=False),
    Column("question", Text, nullable=False),
    Column("expires_at", Double, nullable=False),
    Column("state", String, nullable=False),
    Column("job_id", String),
)

spends = Table(
    "spends",  # reservations against the budget
    metadata,
    Column("key", String, primary_key=True),  # one start, or one resumption
    Column("account", String, nullable=False),
    Column("day", String, nullable=False, index=True),
    Column("estimate", Double, nullable=False),
    Column("job_id", String, index=True),
)

uploads = Table(
    "uploads",  # assets that a platform already has
    metadata,
    Column("account", String, primary_key=True),
    Column("source", Text, primary_key=True),  # a URL, or a file with its size and modification time
    Column("file_name", String, nullable=False),
)

# The tables of the local platform.

keys = Table(
    "keys",  # random keys, such as the secret behind the tokens in links
    metadata,
    Column("name", String, primary_key=True),
    Column("value", Text, nullable=False),
)

audiences = Table(
    "audiences",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),  # global, curated, custom, filtered, unlisted
    Column("base_id", String),  # of a filtered audience: the audience that it filters
    Column("name", Text, nullable=False),
    Column("description", Text),
    Column("status", String, nullable=False),
    Column("filters", JSON, nullable=False),
    Column("graduation_rule", JSON, nullable=False),
    Column("leave_after", Integer),  # the contract's maxDistillingResponses: an undecided candidate leaves then
    Column("drop_min_responses", Integer, nullable=False),
    Column("drop_score", Double, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("recruiting_since", Double),
    Column("crowd_size", Integer, nullable=False),  # invited simulated labelers
)

examples = Table(
    "examples",
    metadata,
    Column("id", String, primary_key=True),
    Column("audience_id", ForeignKey("audiences.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("correct_count", Integer, nullable=False, default=0),
    Column("incorrect_count", Integer, nullable=False, default=0),
    Index("examples_by_audience", "audience_id", "position"),
)

labelers = Table(
    "labelers",
    metadata,
    Column("id", String, primary_key=True),
    Column("simulated", Boolean, nullable=False),
    Column("country", String, nullable=False),
    Column("language", String, nullable=False),
    Column("age", String, nullable=False),
    Column("gender", String, nullable=False),
    Column("occupation", String, nullable=False),
    Column("device", String),  # Phone, Tablet, Unknown
)

candidates = Table(
    "candidates",  # a labeler in the qualification of an audience
    metadata,
    Column("audience_id", ForeignKey("audiences.id", ondelete="CASCADE"), primary_key=True),
    Column("labeler_id", ForeignKey("labelers.id"), primary_key=True),
    Column("state", String, nullable=False),  # Distilling, Graduated, DroppedLowScore, DroppedExamplesDone
    Column("answered", Integer, nullable=False, default=0),
    Column("correct", Integer, nullable=False, default=0),
    Column("joined_at", Double, nullable=False),
    Column("decided_at", Double),
    Column("next_due", Double),  # the time of the next answer of a simulated candidate
    Index("candidates_due", "audience_id", "next_due"),
)

example_responses = Table(
    "example_responses",
    metadata,
    Column("example_id", ForeignKey("examples.id", ondelete="CASCADE"), primary_key=True),
    Column("labeler_id", ForeignKey("labelers.id"), primary_key=True),
    Column("correct", Boolean, nullable=False),
    Column("at", Double, nullable=False),
)

assets = Table(
    "assets",
    metadata,
    Column("file_name", String, primary_key=True),
    Column("original_name", Text, nullable=False),
    Column("source_url", Text, nullable=False),  # empty if the file itself is stored
    Column("media_type", String),  # of a stored file
    Column("size", Integer),  # of a stored file, in bytes
    Column(
        "used", Boolean, nullable=False, server_default=true()
    ),  # whether a datapoint or an example has it, and people may see it
    Column("created_at", Double, nullable=False),
)

batch_uploads = Table(
    "batch_uploads",
    metadata,
    Column("id", String, primary_key=True),
    Column("correlation_id", String, index=True),
    Column("outcomes", JSON, nullable=False),
)

datasets = Table(
    "datasets",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("schema", JSON),
    Column("created_at", Double, nullable=False),
)

datapoints = Table(
    "datapoints",
    metadata,
    Column("id", String, primary_key=True),
    Column("dataset_id", ForeignKey("datasets.id", ondelete="CASCADE"), nullable=False),
    Column("sort_index", Integer, nullable=False),
    Column("arrived_at", Double, nullable=False),
    Column("item_names", JSON, nullable=False),  # texts, or names of stored media, in display order
    Column("context", Text),
    Column("segments", JSON),  # the request, unchanged
    Column("group_name", String),
    Column("private_metadata", JSON),
    Index("datapoints_in_order", "dataset_id", "sort_index", "arrived_at"),
)

dataset_groups = Table(
    "dataset_groups",  # context of all datapoints of a group
    metadata,
    Column("dataset_id", ForeignKey("datasets.id", ondelete="CASCADE"), primary_key=True),
    Column("name", String, primary_key=True),
    Column("context", Text),
    Column("segments", JSON, nullable=False),  # the request, unchanged
)

definitions = Table(
    "definitions",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("deleted_at", Double),  # jobs outlive their definition
)

revisions = Table(
    "revisions",
    metadata,
    Column("definition_id", ForeignKey("definitions.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("pipeline_id", String, nullable=False),
    Column("dataset_id", ForeignKey("datasets.id"), nullable=False),
    Column("workflow", JSON, nullable=False),
    Column("referee", JSON, nullable=False),
    Column("feature_flags", JSON, nullable=False),
    Column("campaign_feature_flags", JSON, nullable=False),
    Column("aggregator_type", String),
    Column("validation_set_id", String),
    Column("base_revision_number", Integer),
    Column("created_at", Double, nullable=False),
)

jobs = Table(
    "jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", Text, nullable=False),
    Column("definition_id", String, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("audience_id", String, nullable=False),
    Column("pipeline_id", String, nullable=False, index=True),
    Column("state", String, nullable=False),
    Column("created_at", Double, nullable=False),
    Column("completed_at", Double),
    Column("running_since", Double),  # null while the job does not run
    Column("ran_for", Double, nullable=False),  # seconds of running time before running_since
    Column("pace", Double, nullable=False),  # factor on the simulated seconds per answer; large rehearsals go faster
    Column("datapoint_count", Integer, nullable=False),
    Column("settled_count", Integer, nullable=False),
    Column("response_count", Integer, nullable=False),
    Column("simulated_count", Integer, nullable=False),
    Column("cost", Double, nullable=False, server_default="0"),  # of all responses so far, in US dollars
    Column("preceding_job_id", String),  # the job stays Queued until that job has ended
    Column("failed_at", Double),
    Column("failure_message", Text),
    Column("review_reason", String),
    Column("stale_at_end", Boolean),  # scripted: the results are stale when the job completes
    Column("deleted_at", Double),  # the cost of a deleted job still counts
    Column("pairs_dataset_id", String),  # of a ranking job: the dataset of its pairs
    Column("pairs_made", Integer),  # so far, of datapoint_count
)

preliminary_downloads = Table(
    "preliminary_downloads",
    metadata,
    Column("id", String, primary_key=True),
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("asked", Boolean, nullable=False),  # whether the download was requested before
)

job_datapoints = Table(
    "job_datapoints",
    metadata,
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("datapoint_id", String, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("load", Integer, nullable=False, server_default="0"),  # responses so far, plus labelers who work on it
    Index("job_datapoints_open", "job_id", "settled", "position"),
    Index("job_datapoints_by_load", "job_id", "settled", "load", "position"),
)

assignments = Table(
    "assignments",  # labelers who work on a job; of a simulated labeler the next answer too
    metadata,
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("labeler_id", ForeignKey("labelers.id"), primary_key=True),
    Column("user_score", Double, nullable=False),
    Column("position", Integer),
    Column("due", Double, nullable=False),  # in seconds of the job's running time
    Column("answered", Integer, nullable=False),
)

handouts = Table(
    "handouts",  # datapoints that were assigned to people
    metadata,
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True),
    Column("labeler_id", ForeignKey("labelers.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("state", String, nullable=False),  # InHand, Returned, Answered, Skipped, Reported
    Column("since", Double, nullable=False),  # the last change of state or sign of life of the labeler
    Column("report", String),  # the problem that the labeler chose on the page
    Index("handouts_of_labeler", "labeler_id", "state", "since"),
    Index("handouts_of_job", "job_id", "state", "since"),
)

responses = Table(
    "responses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", ForeignKey("jobs.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("labeler_id", ForeignKey("labelers.id"), nullable=False),
    Column("choice", Integer, nullable=False),
    Column("answer", JSON(none_as_null=True)),  # everything but a choice: text, points, lines, words
    Column("user_score", Double, nullable=False),
    Column("simulated", Boolean, nullable=False),
    Column("at", Double, nullable=False),
    Column("shown_at", Integer),  # the position of the chosen option on the page, from 0
    Index("one_response_each", "job_id", "position", "labeler_id", unique=True),
)
