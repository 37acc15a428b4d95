"""Points, lines and boxes in pictures: compared with SciPy, with brute force, and with the platform's recordings."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

import numpy as np
import pytest
from scipy import ndimage
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from rapidata_mcp.aggregate.boxes import (
    Box,
    covered_area,
    line_completeness,
    line_precision,
    point_completeness,
    point_precision,
)
from rapidata_mcp.aggregate.clusters import Point, find_clusters
from rapidata_mcp.aggregate.grid import cells_of_lines, cells_of_points, counts_of, heat_map
from rapidata_mcp.aggregate.regions import find_regions, region_alpha


def _answers(random: Random, labelers: int, places: list[tuple[float, float, float]]) -> list[list[Point]]:
    """Every labeler at every place with its probability, and once anywhere."""

    def at(value: float) -> float:
        return min(100.0, max(0.0, random.gauss(value, 2)))

    return [
        [(at(x), at(y)) for x, y, chance in places if random.random() < chance]
        + [(random.uniform(0, 100), random.uniform(0, 100))]
        for _ in range(labelers)
    ]


@pytest.mark.parametrize("labelers", [1, 2, 10, 60, 400])
def test_clusters_are_the_components_that_scipy_finds(labelers: int) -> None:
    """Of whole percents that enough labelers are near to, with what lies at their edge."""
    answers = _answers(Random(labelers), labelers, [(20, 30, 0.9), (70, 60, 0.5), (78, 66, 0.3)])
    rounded = np.array([(round(x), round(y)) for points in answers for x, y in points])
    who = np.array([labeler for labeler, points in enumerate(answers) for _ in points])
    tree = cKDTree(rounded)
    near = tree.query_ball_point(rounded, 5)
    least = min(labelers, max(2, math.ceil(0.05 * labelers)))
    dense = np.array([len(set(who[others])) >= least for others in near])
    graph = tree.sparse_distance_matrix(tree, 5, output_type="coo_matrix")
    graph.data[:] = 1
    graph = graph.tocsr() + np.eye(len(rounded))
    count, part = connected_components(np.asarray(graph)[np.ix_(dense, dense)])
    expected = sorted(len(set(who[dense][part == number])) for number in range(count))
    found = find_clusters(answers)
    assert len(found) == count
    assert all(cluster.labelers >= core for cluster, core in zip(reversed(found), expected, strict=True))
    assert sum(cluster.points for cluster in found) == sum(bool(dense[others].any()) for others in near)


def test_a_cluster_tells_where_and_by_how_many() -> None:
    """Its centre, its spread, and labelers counted once however often they tap."""
    found = find_clusters([[(10, 10), (12, 10), (11, 11)], [(11, 9)], [(80, 80)], []])
    assert len(found) == 1
    assert (found[0].x, found[0].y) == (11, 10)
    assert found[0].radius == pytest.approx(1)
    assert (found[0].points, found[0].labelers, found[0].share.value) == (4, 2, 0.5)
    assert find_clusters([]) == find_clusters([[], []]) == []


def test_a_heat_map_is_the_gaussian_filter_of_scipy() -> None:
    """Row by row from the top, with nothing beyond the edges."""
    counts = counts_of([cells_of_points(points) for points in _answers(Random(4), 30, [(3, 95, 0.8), (50, 40, 0.5)])])
    raw = np.zeros((50, 50))
    for (column, row), count in counts.items():
        raw[row, column] = count
    assert np.allclose(heat_map(counts), ndimage.gaussian_filter(raw, 1.0, mode="constant"), atol=1e-12)


@pytest.mark.parametrize("width", [0, 3, 12])
def test_a_stroke_covers_what_is_near_to_it(width: float) -> None:
    """Compared with measuring the distance of each cell to a thousand points of the stroke."""
    points = [(10.0, 10.0), (60.3, 35.0), (60.3, 80.0)]
    walked = np.concatenate([np.linspace(a, b, 1_000) for a, b in pairwise(points)])
    centres = np.array([[(x + 0.5) * 2, (y + 0.5) * 2] for x in range(50) for y in range(50)])
    distance, _ = cKDTree(walked).query(centres)
    near = {
        tuple(int(c // 2) for c in centre)
        for centre, d in zip(centres, distance, strict=True)
        if d <= max(width, 2) / 2
    }
    assert len(near ^ cells_of_lines([(points, width)])) <= 2
    assert cells_of_lines([([(100.0, 100.0)], 2)]) == {(49, 49)}


def test_regions_are_where_more_than_half_agree() -> None:
    """With the box around them; alpha is 1 for equal answers, near 0 for random ones, unknown alone."""
    here, there = ([((10.0, 10.0), (30.0, 10.0))], [((70.0, 70.0), (70.0, 90.0))])
    both, one = cells_of_lines([(here[0], 4), (there[0], 4)]), cells_of_lines([(here[0], 4)])
    found = find_regions([both, both, one])
    assert [region.share for region in found] == pytest.approx([1, 2 / 3])
    assert found[0].box == pytest.approx((8, 8, 32, 12), abs=2)
    assert found[0].area == len(one) / 2500
    assert find_regions([both, one]) == find_regions([one, one])
    assert region_alpha([both, both]) == 1
    assert region_alpha([both]) is region_alpha([]) is region_alpha([set(), set()]) is None
    random = Random(2)
    noise = [{(random.randrange(50), random.randrange(50)) for _ in range(400)} for _ in range(10)]
    assert region_alpha(noise) == pytest.approx(0, abs=0.02)


def test_boxes_cover_what_the_platform_recorded() -> None:
    """Contract C.4: 0.0294 and, with an overlap that counts once, 0.19 (recordings 07 and 08)."""
    assert covered_area([Box(0.44, 0.42, 0.58, 0.63)]) == 0.029399999999999996
    assert covered_area([Box(0.1, 0.1, 0.5, 0.5), Box(0.4, 0.4, 0.6, 0.6)]) == pytest.approx(0.19, abs=1e-15)
    assert covered_area([]) == 0


def _box(random: Random) -> Box:
    (x1, x2), (y1, y2) = (sorted(random.sample(range(101), 2)) for _ in "xy")
    return Box(x1, y1, x2, y2)


def test_boxes_cover_what_counting_squares_says() -> None:
    """For a hundred sets of random boxes with whole coordinates."""
    random = Random(8)
    for _ in range(100):
        boxes = [_box(random) for _ in range(random.randint(1, 6))]
        raster = np.zeros((100, 100), dtype=bool)
        for x1, y1, x2, y2 in boxes:
            raster[int(y1) : int(y2), int(x1) : int(x2)] = True
        assert covered_area(boxes) == pytest.approx(raster.sum())


def test_points_meet_boxes() -> None:
    """Precision is of the points, completeness of the boxes; the edge belongs to a box."""
    boxes = [Box(0, 0, 10, 10), Box(50, 50, 60, 60)]
    points = [(5.0, 5.0), (10.0, 10.0), (30.0, 30.0)]
    assert point_precision(points, boxes) == pytest.approx(2 / 3)
    assert point_completeness(points, boxes) == 0.5
    assert point_precision([], boxes) == point_completeness([], boxes) == 0


def test_lines_meet_boxes_as_walking_along_them_says() -> None:
    """For random lines and overlapping boxes, compared with ten thousand points of each line."""
    random = Random(9)
    for _ in range(30):
        boxes = [_box(random) for _ in range(3)]
        lines = [[(random.uniform(0, 100), random.uniform(0, 100)) for _ in range(4)] for _ in range(2)]
        inside = whole = 0.0
        met = [False] * len(boxes)
        for points in lines:
            for a, b in pairwise(points):
                steps = [tuple(p) for p in np.linspace(a, b, 10_000)]
                held = [[box.contains(p) for p in steps] for box in boxes]
                inside += math.dist(a, b) * float(np.mean(np.any(held, axis=0)))
                whole += math.dist(a, b)
                met = [before or any(now) for before, now in zip(met, held, strict=True)]
        assert line_precision(lines, boxes) == pytest.approx(inside / whole, abs=1e-3)
        assert line_completeness(lines, boxes) == pytest.approx(sum(met) / 3, abs=1e-9)


def test_a_dot_is_a_short_line() -> None:
    """A stroke of a single point is inside or outside; no stroke is nothing."""
    boxes = [Box(0, 0, 10, 10)]
    assert line_precision([[(5.0, 5.0)]], boxes) == line_completeness([[(5.0, 5.0)]], boxes) == 1
    assert line_precision([[(50.0, 5.0)]], boxes) == line_precision([], boxes) == line_precision([[]], boxes) == 0
