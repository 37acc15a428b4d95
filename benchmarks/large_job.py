"""A completed job of 100,000 pairs with 10 responses each, written directly into the database of a local platform."""

from __future__ import annotations

import json
import sqlite3
import time
from pathlib import Path
from random import Random

from rapidata_mcp.clock import SystemClock
from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.local.audiences.crowd import register
from rapidata_mcp.settings import Settings

PAIRS = 100_000
RESPONSES = 10
LABELERS = 60
JOB = "job_large"


async def build(directory: Path) -> None:
    """Create a platform with one completed job."""
    settings = Settings(data_dir=directory, platform="local")
    async with open_database(settings.database) as database:
        await open_local(settings, database, SystemClock(), Scenario())
        async with database.write() as connection:
            await register(connection, range(LABELERS))
    with sqlite3.connect(directory / "rapidata.db") as connection:
        fill(connection)


def fill(connection: sqlite3.Connection) -> None:
    """Insert the pairs and the responses."""
    random, now = Random(1), time.time()
    workflow = {
        "_t": "SimpleWorkflow",
        "rapid": {"_t": "Compare", "asset": {"segment": "asset"}, "criteria": {"literal": "Which?"}},
    }
    referee = {"_t": "NaiveReferee", "totalVotes": RESPONSES}
    connection.execute("INSERT INTO datasets (id, name, created_at) VALUES ('dst_large', 'Large', ?)", [now])
    connection.execute("INSERT INTO definitions (id, name, created_at) VALUES ('jdf_large', 'Large', ?)", [now])
    connection.execute(
        "INSERT INTO revisions (definition_id, number, pipeline_id, dataset_id, workflow, referee, feature_flags, "
        "campaign_feature_flags, created_at) VALUES ('jdf_large', 1, 'ppl', 'dst_large', ?, ?, '[]', '[]', ?)",
        [json.dumps(workflow), json.dumps(referee), now],
    )
    connection.execute(
        "INSERT INTO jobs (id, name, definition_id, revision, audience_id, pipeline_id, state, created_at, "
        "completed_at, ran_for, pace, datapoint_count, settled_count, response_count, simulated_count) VALUES "
        "(?, 'Large', 'jdf_large', 1, 'global', 'ppl', 'Completed', ?, ?, 1, 1, ?, ?, ?, ?)",
        [JOB, now, now, PAIRS, PAIRS, PAIRS * RESPONSES, PAIRS * RESPONSES],
    )
    for number in range(PAIRS):
        items = [f"{side} text of two models, number {number}" for side in ("First", "Second")]
        parts = [{"_t": "TextAssetInput", "text": item} for item in items]
        asset = {"key": "asset", "kind": "Asset", "asset": {"_t": "MultiAssetInput", "assets": parts}}
        connection.execute(
            "INSERT INTO datapoints (id, dataset_id, sort_index, arrived_at, item_names, context, segments) "
            "VALUES (?, 'dst_large', ?, ?, ?, ?, ?)",
            [f"dpt_{number}", number, now, json.dumps(items), f"Prompt number {number}", json.dumps([asset])],
        )
        connection.execute(
            "INSERT INTO job_datapoints (job_id, position, datapoint_id, settled) VALUES (?, ?, ?, 1)",
            [JOB, number, f"dpt_{number}"],
        )
        share = random.random()
        connection.executemany(
            "INSERT INTO responses (job_id, position, labeler_id, choice, user_score, simulated, at) "
            "VALUES (?, ?, ?, ?, ?, 1, ?)",
            [
                (
                    JOB,
                    number,
                    f"sim_{(number + place) % LABELERS:05d}",
                    int(random.random() > share),
                    random.random(),
                    now,
                )
                for place in range(RESPONSES)
            ],
        )
