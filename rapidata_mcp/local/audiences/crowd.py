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
_ELSEWHERE = (
    *(("AR", "es"), ("AT", "de"), ("AU", "en"), ("BE", "fr"), ("BG", "bg"), ("CA", "en"), ("CH", "de"), ("CL", "es")),
    *(("CN", "zh"), ("CO", "es"), ("CZ", "cs"), ("DK", "da"), ("EG", "ar"), ("FI", "fi"), ("GB", "en"), ("GR", "el")),
    *(("HU", "hu"), ("ID", "id"), ("IE", "en"), ("IL", "he"), ("IT", "it"), ("JP", "ja"), ("KE", "en"), ("KR", "ko")),
    *(("MA", "ar"), ("MY", "ms"), ("NG", "en"), ("NL", "nl"), ("NO", "no"), ("NZ", "en"), ("PE", "es"), ("PK", "ur")),
    *(("PL", "pl"), ("PT", "pt"), ("RO", "ro"), ("SA", "ar"), ("SE", "sv"), ("SG", "en"), ("TH", "th"), ("TR", "tr")),
    *(("UA", "uk"), ("VN", "vi"), ("ZA", "en")),
)
"""Where a third of them lives, so that most filters by country or language find somebody."""
_AGES = ("18-29", "30-39", "40-49", "50-64", "65+")
_DEVICES = ("Phone",) * 8 + ("Tablet", "Unknown")
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
    device: str

    @property
    def reputation(self) -> float:
        """The user score on the global and curated audiences, where nobody is examined (contract H.7)."""
        return round(min(0.95 * self.skill, 0.9999), 4)


@lru_cache(maxsize=20_000)
def simulated_labeler(number: int) -> SimulatedLabeler:
    """The labeler with this number: one in six guesses, the others look closely most of the time."""
    random = Random(f"labeler {number}")
    country, language = random.choice(_PLACES)
    more = Random(f"labeler {number} elsewhere")
    if more.random() < 1 / 3:
        country, language = more.choice(_ELSEWHERE)
    return SimulatedLabeler(
        id=f"sim_{number:05d}",
        skill=random.uniform(0, 0.2) if random.random() < 1 / 6 else random.betavariate(9, 1.5),
        seconds=random.uniform(0.35, 1.1),
        country=country,
        language=language,
        age=random.choice(_AGES),
        gender="Other" if more.random() < 0.03 else random.choice(("Female", "Male")),
        occupation=random.choice(_OCCUPATIONS),
        device=more.choice(_DEVICES),
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
                "INSERT INTO labelers (id, simulated, country, language, age, gender, occupation, device) "
                "VALUES (:id, TRUE, :country, :language, :age, :gender, :occupation, :device) ON CONFLICT DO NOTHING"
            ),
            rows,
        )
