"""Databases of earlier versions are used as they are."""

from __future__ import annotations

from sqlalchemy import text

from rapidata_mcp.database import open_database
from rapidata_mcp.local.api.scenario import Scenario
from rapidata_mcp.local.app import open_local
from rapidata_mcp.settings import Settings
from tests.assistant import MovingClock
from tests.conftest import OpenAssistant


async def test_columns_that_were_added_later_are_added_to_what_exists(settings: Settings, clock: MovingClock) -> None:
    """What was kept stays, and what is new begins with its default."""
    async with open_database(settings.database) as database:
        await open_local(settings, database, clock, Scenario())
        async with database.write() as connection:
            for column in ("jobs.cost", "jobs.deleted_at", "labelers.device", "datapoints.segments"):
                table, name = column.split(".")
                await connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {name}"))
            await connection.execute(
                text(
                    "INSERT INTO jobs (id, name, definition_id, revision, audience_id, pipeline_id, state, created_at, "
                    "ran_for, pace, datapoint_count, settled_count, response_count, simulated_count) VALUES "
                    "('job_1', 'old', 'jdf_1', 1, 'global', 'ppl_1', 'Paused', 0, 0, 1, 1, 0, 0, 0)"
                )
            )
    async with open_database(settings.database) as database:
        await open_local(settings, database, clock, Scenario())
        async with database.read() as connection:
            row = (await connection.execute(text("SELECT name, cost, deleted_at FROM jobs"))).one()
    assert tuple(row) == ("old", 0.0, None)


async def test_a_job_of_an_earlier_version_is_labeled_on(
    open_assistant: OpenAssistant, settings: Settings, clock: MovingClock
) -> None:
    """How often each of its pairs is answered or in hand is counted anew, so that nobody is asked beyond the need."""
    async with open_assistant() as assistant:
        job_id = await assistant.job(pairs=30, responses_per_datapoint=20)
        clock.time += 5
        assert 0 < (await assistant.call("get_job", job_id=job_id))["simulated_responses"] < 600
    load = text("SELECT position, load FROM job_datapoints ORDER BY position")
    async with open_database(settings.database) as database, database.write() as connection:
        before = (await connection.execute(load)).all()
        await connection.execute(text("DROP INDEX job_datapoints_by_load"))
        await connection.execute(text("ALTER TABLE job_datapoints DROP COLUMN load"))
    async with open_database(settings.database) as database, database.read() as connection:
        assert (await connection.execute(load)).all() == before
        indexes = (await connection.execute(text("PRAGMA index_list(job_datapoints)"))).all()
    assert "job_datapoints_by_load" in {index[1] for index in indexes}
