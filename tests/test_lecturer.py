"""What a lecturer would type is accepted with nothing else touched, or refused for a reason in the mathematics.

Settings are drawn by chance for every scene, see `lecturer_cases`; what became of them is counted and printed.
"""

from __future__ import annotations

import pytest
from lecturer_cases import DRAWS, MATHEMATICS, counted_for, drawn, told_of

from core.functions import FUNCTIONS
from scenes.parts.settings.models import SCENES
from scenes.parts.settings.scalar_losses import SCALAR_LOSSES

LEAST = 0.98  # of what can be computed is accepted
SAMPLE = 1  # of each scene that can be computed, for `make test`
MANY = 100  # of each scene for `make proof`


def judge(scene: str, seeds: range, least: float, enough: int) -> None:
    """Rehearse what is drawn for a scene until enough of it can be computed, and print what became of it."""
    count = counted_for(scene, seeds, enough)
    print(count.told(scene))
    assert count.rate >= least, "\n".join(f"{seed}: {told}" for seed, told in count.others.items())


@pytest.mark.parametrize("scene", DRAWS)
def test_a_sample_of_what_a_lecturer_would_type_is_accepted(scene: str) -> None:
    judge(scene, range(20), 1.0, SAMPLE)


@pytest.mark.parametrize(
    ("scene", "seed"),
    [
        ("activation_swap", 1023),  # numbers with powers of ten over the bars of six functions
        ("activation_swap", 1054),
        ("activation_swap", 1205),  # six functions with enormous numbers in each of three turns
        ("chain_of_influence", 1046),  # a table of products of long numbers
        ("chain_of_influence", 1210),  # numbers at the ends of short lines beside one another
        ("extended_chain", 1086),  # an axis to 10^13
        ("extended_chain", 2003),  # slopes with powers of ten between five gates: no graphs
        ("extended_chain", 2031),
        ("learning_step", 2008),  # a loss of 10^213 ends under what its axis is called
        ("learning_step", 2020),  # four maps side by side, with long numbers under them
        ("learning_step", 2032),
        ("learning_step", 1034),  # four maps with powers of ten at both axes, and at their level lines
        ("learning_step", 1059),  # over a weight that turns round, gradients of 10^11
        ("learning_step", 1342),  # level lines that differ in the twelfth digit alone: they have no numbers
        ("learning_step", 1222),  # the loss is too large for a computer on one side of the map
        ("learning_step", 1243),  # and the other way is beyond where the function is not defined
        ("loss_swap", 2028),  # long numbers in every column derived by hand
        ("push_through_gears", 1046),  # no wheel near the mesh that words of force stand over
        ("push_through_gears", 1028),  # a value over its gear that would reach over another's name
        ("push_through_gears", 1035),  # bars of many small gears, whose numbers stand on lines under one another
        ("push_through_gears", 1049),  # long numbers in the row that is multiplied from the front
        ("push_through_gears", 1076),  # lines of numbers under a long chain, under a sentence of two lines
        ("push_through_gears", 1089),  # x at the edge of the page while it moves
        ("push_through_gears", 1205),  # ten steps, no two alike
        ("push_through_gears", 1236),  # ten steps, and bars in one scale
        ("push_through_gears", 1024),  # two of many bars close together, each with words under it
        ("chain_rule_gears", 1212),  # long numbers in a row whose head has room before them
        ("chain_rule_gears", 1092),  # a hub that meshes with nothing, in a low train
        ("toy_chain", 1057),  # a tangent that is upright on its page
        ("toy_chain", 1088),  # a slope of 10^253 on the plate of one of ten gates, and a flat one beside it
        ("two_layer_network", 13005),  # a long rule under a graph, and a target on an axis to 10^15
    ],
)
def test_what_has_little_room_is_drawn_in_a_poorer_form_rather_than_refused(scene: str, seed: int) -> None:
    assert not told_of(drawn(scene, seed))


@pytest.mark.proof
@pytest.mark.parametrize("scene", DRAWS)
def test_hundreds_of_what_a_lecturer_would_type_are_accepted(scene: str) -> None:
    judge(scene, range(1000, 1000 + MANY), LEAST, MANY)


def test_settings_are_drawn_for_every_scene_and_the_same_ones_each_time() -> None:
    assert set(DRAWS) == set(SCENES)
    assert all(drawn(scene, 3) == drawn(scene, 3) != drawn(scene, 4) for scene in DRAWS)


def test_every_function_and_every_loss_is_drawn() -> None:
    networks = [drawn("two_layer_network", seed) for seed in range(400)]
    assert {clip["activation"] for clip in networks} == set(FUNCTIONS)
    assert {clip["loss"] for clip in networks} == set(SCALAR_LOSSES)
    trains = [drawn("push_through_gears", seed) for seed in range(400)]
    assert {len(clip["stages"]) for clip in trains} == set(range(1, 11))
    assert set(FUNCTIONS) <= {stage for clip in trains for stage in clip["stages"]}


@pytest.mark.parametrize(
    "told",
    [
        "ways: p and now_p and 40 more too high by 0.38; p may be 0.74",
        "stave of guess_h2 lies over readout of push_1_h2 ('1.12'): lower digits; or lower bar",
        "3.0 would draw dL_dy 3.501 units thick, and 0.9 is the most that fits; 0.76 would do",
        "a step of 0.0001 does not give dL_dw1 in all 3 digits; 0.005 does",
    ],
)
def test_what_has_no_room_is_no_reason_in_the_mathematics(told: str) -> None:
    assert not MATHEMATICS.search(told)
