"""The answers of people can be read without those of simulated labelers on the same job."""

from __future__ import annotations

from rapidata_mcp.settings import Settings
from rapidata_mcp.tasks.compare import Compare
from rapidata_mcp.tasks.pairs import votes_of, winner_of
from tests.assistant import MovingClock
from tests.conftest import OpenAssistant
from tests.contract.caller import opened
from tests.human_labeler import Person


async def test_people_are_read_alone(open_assistant: OpenAssistant, settings: Settings, clock: MovingClock) -> None:
    """The results file and the pages of cards count three answers of a person among those of the crowd."""
    async with open_assistant() as assistant, opened(settings, clock) as call:
        job_id = await assistant.job(pairs=6, responses_per_datapoint=5)
        person = Person(call.app, job_id)
        await person.begin()
        answers = await person.label(3)
        clock.time += 301  # the pairs that the person did not answer go to others
        await assistant.finished(job_id)
        both = await assistant.call("get_results", job_id=job_id, order="given")
        people = await assistant.call("get_results", job_id=job_id, order="given", people_only=True)
        cards = (await call("GET", f"/job/{job_id}/results?page_size=6"))["items"]
    for reply in (both, people):
        assert reply["human_responses"] == len(answers) == 3
        assert reply["simulated_responses"] > 20
    assert both["summary"].startswith("Final, of people's and simulated answers together: ")
    assert "3 responses are human" in both["summary"]
    assert "3 human responses are counted" in people["summary"]
    assert sum(pair["a_votes"] + pair["b_votes"] for pair in people["pairs"]) == 3
    read = [Compare().read_card(place, card, people_only=True) for place, card in enumerate(cards, start=1)]
    assert [votes_of(pair)[:2] for pair in read] == [(pair["a_votes"], pair["b_votes"]) for pair in people["pairs"]]
    weighted = [winner_of(pair, pair.weighted) for pair in read]
    assert weighted == [pair["weighted_winner"] for pair in people["pairs"]]
