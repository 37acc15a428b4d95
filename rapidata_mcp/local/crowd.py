"""The simulated crowd: who the labelers are. What they do is in `qualification.py` and `labeling.py`.

Every trait is a fixed function of the labeler's number, so the same people come back for every audience and job.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from random import Random

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

_PLACES = (
    ("US", "en"),
    ("DE", "de"),
    ("IN", "en"),
    ("BR", "pt"),
    ("ES", "es"),
    ("FR", "fr"),
    ("PH", "en"),
    ("MX", "es"),
)
_AGES = ("18-29", "30-39", "40-49", "50-64", "65+")
_OCCUPATIONS = ("Student", "Employed", "Self-employed", "Retired", "Other")


@dataclass(frozen=True, slots=True)
class SimulatedLabeler:
    """One member of the crowd.

    `skill` is the probability of looking closely instead of guessing; `seconds` is the time for one answer.
    """

    id: str
    skill: float
    seconds: float
    country: str
    language: str
    age: str
    gender: str
    occupation: str

    @property
    def reputation(self) -> float:
        """The user score on the global and curated audiences, where nobody is examined (contract H.7)."""
        return round(min(0.95 * self.skill, 0.9999), 4)


@lru_cache(maxsize=20_000)
def simulated_labeler(number: int) -> SimulatedLabeler:
    """The labeler with this number: one in six guesses, the others look closely most of the time."""
    random = Random(f"labeler {number}")
    country, language = random.choice(_PLACES)
    return SimulatedLabeler(
        id=f"sim_{number:05d}",
        skill=random.uniform(0, 0.2) if random.random() < 1 / 6 else random.betavariate(9, 1.5),
        seconds=random.uniform(0.35, 1.1),
        country=country,
        language=language,
        age=random.choice(_AGES),
        gender=random.choice(("Female", "Male")),
        occupation=random.choice(_OCCUPATIONS),
    )


def number_of(labeler_id: str) -> int:
    """The number in a simulated labeler's id."""
    return int(labeler_id.removeprefix("sim_"))


async def register(connection: AsyncConnection, numbers: Iterable[int]) -> None:
    """Write down these labelers, as simulated, unless they are known."""
    rows = [asdict(simulated_labeler(number)) for number in numbers]
    if rows:
        await connection.execute(
            text(
                "INSERT INTO labelers (id, simulated, country, language, age, gender, occupation) "
                "VALUES (:id, TRUE, :country, :language, :age, :gender, :occupation) ON CONFLICT DO NOTHING"
            ),
            rows,
        )
