"""What shipped words say of the numbers, and what has to hold for it, worked out by the audit's engine, or by hand.

A sentence that is not here says nothing that depends on the numbers, or only with numbers in braces.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

from truth_cases import network_pass

from scenes.parts.recipe.by_core import number
from scenes.parts.recipe.terms import Constant, Term
from scenes.parts.settings.endings import lowest
from scenes.parts.settings.function_piece import EVEN
from scenes.parts.settings.pushed_chain import STEEPEST
from studio.audit.engine import Engine

Claim = Callable[[Any], bool]

CLOSE: Final = 1e-9
"""Numbers that differ by a smaller share are the same."""


def reference(term: Term) -> float:
    """Return the value of a term by the audit's engine, not by the core."""
    (known,) = Engine({}, {}).known(term)
    return float(known.value)


def read(clip: Any, *names: str) -> list[float]:
    """Return quantities of a clip by the audit's engine."""
    table = clip.table()
    return [reference(table[name].term) for name in names]


def same(one: float, other: float) -> bool:
    """Return whether two numbers are the same, but for rounding."""
    return math.isclose(one, other, rel_tol=CLOSE, abs_tol=1e-300)


def most(sizes: list[float], size: float) -> bool:
    """Return whether none of some numbers is larger in size than one, but for rounding."""
    return max(map(abs, sizes)) <= abs(size) * (1.0 + CLOSE)


# -- a network ---------------------------------------------------------------------------------------------------------


def steps_back(clip: Any) -> bool:
    """Each weight moves against its gradient, by rate times it."""
    rate, *numbers = read(clip, "rate", *(f"{of}w{i}" for i in (1, 2) for of in ("", "dL_d", "new_")))
    return all(
        same(new, float(w - rate * g)) or abs(rate * g) < CLOSE * abs(w) for w, g, new in (numbers[:3], numbers[3:])
    )


def gradients(clip: Any) -> tuple[float, float]:
    """Return how large both gradients are."""
    one, other = map(abs, read(clip, "dL_dw1", "dL_dw2"))
    return one, other


def larger_moves_more(clip: Any) -> bool:
    """Where it is told, one is larger, and its weight, nudged as far, moves the loss more, where float64 tells it."""
    if "compare_sizes" in clip.instead:
        return True
    last = len(clip.nudging.steps) - 1
    (g1, g2), (n1, n2) = gradients(clip), map(abs, read(clip, f"nudged_w1_{last}", f"nudged_w2_{last}"))
    return g1 != g2 and (max(g1, g2) < 1.02 * min(g1, g2) or n1 == n2 == 0.0 or (g1 > g2) == (n1 > n2))


def both_move_alike(clip: Any) -> bool:
    """Where it is told, both gradients are about as large, and not 0."""
    least, largest = sorted(gradients(clip))
    return clip.instead.get("compare_sizes") != "compare_alike" or largest * 0.98 < least


def neither_moves(clip: Any) -> bool:
    """Where it is told, both gradients are exactly 0, and wherever they are, that is told, and of no way to go."""
    told = {"ask_step": "ask_step_none", "take_one_step": "step_none", "compare_sizes": "compare_none"}
    return (max(gradients(clip)) == 0.0) == (told.items() <= clip.instead.items())


def larger_tempts(clip: Any) -> bool:
    """Where the larger weight is said to tempt, there is one, and it moves the loss less."""
    w1, w2 = map(abs, read(clip, "w1", "w2"))
    g1, g2 = gradients(clip)
    return "ask" in clip.instead or (w1 < w2 and g1 > g2) or (w1 > w2 and g1 < g2)


def as_x_tempts(clip: Any) -> bool:
    """Where it tempts to say that w1 moves L as x does, it does not."""
    of_weight, of_input = read(clip, "dL_dw1", "dL_dx")
    return "ask_gradient" in clip.instead or not same(of_weight, of_input)


def is_wrong(clip: Any) -> bool:
    """Where another answer is said to be wanted, it is another one."""
    miss, *_ = read(clip, "miss")
    return (miss == 0.0) == (clip.instead.get("pose_question") == "pose_right")


def one_product(clip: Any) -> bool:
    """All slopes multiplied are the gradient of the input."""
    names = [name for name in clip.table() if name.startswith("local_")]
    product, *_ = read(clip, "dL_dx")
    return same(math.prod(read(clip, *names)), product)


def one_sum(clip: Any) -> bool:
    """All slopes added are the number that is shown as a guess."""
    added, *slopes = read(clip, "added", *(name for name in clip.table() if name.startswith("local_")))
    return same(math.fsum(slopes), added)


# -- what multiplications cost -----------------------------------------------------------------------------------------


def gains(clip: Any) -> bool:
    """With more inputs the gain grows, and stays below its limit."""
    one, all_, limit = read(clip, "gain_one", "gain_net", "gain_most")
    return one <= all_ < limit and (clip.widths[0] == 1 or one < all_)


def row_gain(clip: Any) -> bool:
    """The gain is the one count divided by the other."""
    front, back, gain = read(clip, "front_long", "back_long", "gain_long")
    return same(front / back, gain)


# -- gears -------------------------------------------------------------------------------------------------------------


def divides(clip: Any) -> bool:
    """Dividing gives the turn of x that would turn L as far as asked, if slopes stayed."""
    slope, *_ = read(clip, "dL_dx")
    if not slope:
        return "turn_back" in clip.left_out
    back, turn = read(clip, "back_L", "back_x")
    return same(turn * slope, back)


def is_bound(clip: Any) -> bool:
    """The gradient of x is no larger than the bound that is named, where one can be."""
    if not {stage for stage in clip.stages if stage not in clip.weights} <= set(STEEPEST):
        return True
    slope, *_ = read(clip, "dL_dx")
    return abs(slope) <= reference(clip.bound) * (1.0 + CLOSE)


def unequal(clip: Any) -> bool:
    """Two equal turns of x are unequal turns of h, unless words say that they are seen to be equal."""
    if "one_rise" not in clip.table():
        return True
    run, other, rise, risen = read(clip, "one_run", "other_run", "one_rise", "other_rise")
    near, later = (abs(h) / (abs(x) + abs(h)) for x, h in ((run, rise), (other, risen)))  # as shares of both arms
    alike = abs(near - later) < EVEN if clip.shown[0].is_even else not same(rise, risen)
    return math.isclose(run, other, rel_tol=1e-6) and alike


def parts(clip: Any) -> bool:
    """Round gears would turn h elsewhere."""
    if "circle_x" not in clip.table():
        return True
    wrong, right = read(clip, "line_end", "end_h")
    return not same(wrong, right)


def arms(clip: Any) -> bool:
    """The arm of x over the arm of h is the slope, in size."""
    pairs = [read(clip, f"near_{i}", f"far_{i}", f"local_{i}") for i in clip.of("gears")]
    return all(same(abs(near / far), abs(slope)) for near, far, slope in pairs)


# -- a value that is used twice ----------------------------------------------------------------------------------------


def shrinks(clip: Any) -> bool:
    """Where it is told, the gap shrinks faster than the turn."""
    gap, less, turn, smaller = map(abs, read(clip, "gap", "smaller_gap", "turn", "smaller"))
    return not clip.ways.closes or less * turn <= gap * smaller * (1.0 + 1e-6) + 1e-15 * turn


def half_tempts(clip: Any) -> bool:
    """Where something else is said to tempt, the gradient is another number."""
    tempting, right = read(clip, "tempting", "dL_dx")
    return "say_claim" in clip.instead or not same(tempting, right)


def adds(clip: Any) -> bool:
    """What comes back along both ways adds up to the gradient."""
    u, v, whole = read(clip, "contribution_u", "contribution_v", "dL_dx")
    return abs(u + v - whole) <= CLOSE * (abs(u) + abs(v))


# -- chains ------------------------------------------------------------------------------------------------------------


def first_is_flat(clip: Any) -> bool:
    """The first gate that is said to be flat is."""
    slope, flat = read(clip, "first_slope", "flat")
    return "stop_at_first" in clip.left_out or abs(slope) < flat


def last_is_flat(clip: Any) -> bool:
    """The last one is, too."""
    slope, flat = read(clip, "last_slope", "flat")
    return "stop_at_flat_places" in clip.left_out or abs(slope) < flat


def one_factor(clip: Any) -> bool:
    """Every push before a function that joins is multiplied by the same factor."""
    if not (clip.joins and clip.is_told("joins")):
        return True
    nodes = clip.chain.nodes[: len(clip.stages) + 1]
    factor, *_ = read(clip, "times")
    pairs = (read(clip, f"push_0_{node}", f"push_1_{node}") for node in nodes)
    return all(same(before * factor, after) for before, after in pairs)


def amount_tempts(clip: Any) -> bool:
    """Where it tempts to say that every push changes by as much, not all do."""
    if not (clip.joins and clip.is_told("joins")) or "ask" in clip.instead:
        return True
    nodes = clip.chain.nodes[: len(clip.stages) + 1]
    changes = [after - before for before, after in (read(clip, f"push_0_{n}", f"push_1_{n}") for n in nodes)]
    return not all(same(change, changes[-1]) for change in changes)


def guess_is_right(clip: Any) -> bool:
    """Where adding is said to give the same, it does."""
    if "compare" not in clip.instead:
        return True
    change, guess, right = read(clip, "change", "guess_x", "push_1_x")
    return abs(guess - right) <= 0.01 * abs(change) + 1e-12


def lets_nothing_through(clip: Any) -> bool:
    """Where a slope of 0 is said to let nothing through, nothing comes back."""
    left, *_ = read(clip, "left")
    return not clip.is_told("x") or not clip.chain.moves or (left == 0.0) == ("sweep" not in clip.instead)


def least(clip: Any) -> bool:
    """Where x stops, no more comes back than anywhere on its way."""
    if not clip.is_told("x") or not clip.chain.moves:
        return True
    left, *_ = map(abs, read(clip, "left"))
    chain, (low, high) = clip.chain, clip.x_range
    ways = (low + (high - low) * i / 16 for i in range(17))
    return all(abs(reference(chain.following(Constant(x))["back_x"].term)) >= left * (1.0 - CLOSE) for x in ways)


# -- learning ----------------------------------------------------------------------------------------------------------


def learned(clip: Any, rate: float, steps: int) -> list[tuple[float, float, float]]:
    """Return both weights and the loss after each step at a rate, worked out with the core's trace alone."""
    w1, w2, found = clip.w1, clip.w2, list[tuple[float, float, float]]()
    for _ in range(steps + 1):
        made = network_pass(clip, w1, w2)
        found.append((w1, w2, float(made.loss)))
        g1, g2 = (float(made.grads[i]["w"]) for i in (0, 2))
        w1, w2 = w1 - rate * g1, w2 - rate * g2
    return found


def turned_by_the_other(clip: Any) -> bool:
    """Where it is told, w1 turns round, w2 has changed its sign, and the error has not."""
    step = clip.first.turning("w1", "w2")
    if step is None:
        return True
    way = learned(clip, clip.rate, step + 1)
    made = [network_pass(clip, w1, w2) for w1, w2, _ in way[step : step + 2]]
    first, second = ((float(one.grads[0]["w"]), float(one.delta[-1])) for one in made)
    (_, w2, _), (_, later, _) = way[step : step + 2]
    return first[0] * second[0] < 0.0 and first[1] * second[1] > 0.0 and w2 * later < 0.0


def best_rate(clip: Any) -> bool:
    """Of all rates none has a lower loss at its end than the one that wins."""
    ends = [learned(clip, each.rate.value, each.last)[-1][-1] for each in clip.race.each]
    best = number(clip.table()["best_L"].term)
    return all(best <= end * (1.0 + 1e-6) + 1e-12 for end in ends)


def ends_so(word: str, losses: list[float], steps: int, least: float) -> bool:
    """Whether it is true of losses that go on for as many steps more."""
    begun, late, end, later = losses[0], losses[steps // 2 : steps + 1], losses[steps], losses[steps + 1 :]
    falls = late == sorted(late, reverse=True)
    close = 0.01 * (begun - least) + 1e-12
    says = {
        "arrives": end - least < close and max(losses[steps - 1], min(later)) - least < max(close, losses[steps - 2]),
        "stuck": later == [end] * steps,
        "flat": max(abs(loss - end) for loss in later) < 0.02 * end,
        "flies_off": begun < end == max(losses[: steps + 1]) < max(later),
        "no_lower": end >= begun,
        "crawls": falls and end < min(begun, late[0]),  # whether it leaps away later, it does not say
        "unsteady": end < begun and not falls,
    }
    return says[word]


def ends_as(word: str) -> Claim:
    """Return the claim that runs of which a word says how they end go on as it says."""

    def claim(clip: Any) -> bool:
        told = [i for i in range(len(clip.rates)) if clip.tells == "rates" and clip.race.ends(i) == word]
        ways = ([loss for *_, loss in learned(clip, clip.rates[i], 2 * clip.steps)] for i in told)
        return all(ends_so(word, losses, clip.steps, lowest(clip.network.run)) for losses in ways)

    return claim


def leads_uphill(clip: Any) -> bool:
    """There is a gradient to step along, or the clip is refused."""
    return any(read(clip, "dL_dw1", "dL_dw2")) or bool(clip.fit(3))


# -- two losses --------------------------------------------------------------------------------------------------------


def kink(clip: Any) -> bool:
    """The push of the loss with a kink is minus 1 below the target, 1 above it, and what is chosen on it."""
    if not clip.tells("kink"):
        return True
    i = clip.losses.index(clip.named()["kinked"])
    below, above, on = read(clip, "below_push", "above_push", "on_push")
    return (below, above, on) == (-1.0, 1.0, *read(clip, f"on_push_{i}"))


def one_quotient(clip: Any) -> bool:
    """Every line of one loss is the other's, times one factor."""
    table = clip.table()
    found = read(clip, *(name for name in table if name.startswith("quotient_")))
    return all(same(one, found[0]) for one in found)


def a_chance(clip: Any) -> bool:
    """Chance minus truth is at most 1."""
    return clip.logit is None or abs(*read(clip, "p_miss")) <= 1.0


def slid(clip: Any) -> bool:
    """The error goes to so many times itself; z, where the losses stand over it, to so many times itself."""
    name = "miss" if clip.judges.is_answer else clip.judges.over
    here, there, times = read(clip, name, f"slid_{name}", "times")
    return abs(there - times * here) <= CLOSE * (abs(times * here) + abs(clip.target) * (1.0 + times))


# -- functions compared ------------------------------------------------------------------------------------------------


def steepest(clip: Any) -> bool:
    """No function is steeper than the one that is named, at either x."""
    return all(passes_most("slope", name, at)(clip) for name, at in (("most_slope", ""), ("then_slope", "other_")))


def passes_most(of: str, named: str, before: str = "") -> Claim:
    """Return the claim that no function passes more than one that is named."""

    def claim(clip: Any) -> bool:
        sizes = read(clip, *(f"{before}{of}_{i}" for i in range(len(clip.activations))))
        return most(sizes, *read(clip, named))

    return claim


CLAIMS: Final[Mapping[str, Mapping[str, Claim]]] = {
    "two_layer_network": {
        "moves by {rate} times its gradient, the other way": steps_back,
        "The steeper weight moves L more": larger_moves_more,
        "Both weights move L about alike": both_move_alike,
        "Both gradients are exactly 0, whatever the weights: neither moves": neither_moves,
        "The larger, surely": larger_tempts,
        "Surely as x does": as_x_tempts,
        "The network said {y}, as we want": is_wrong,
    },
    "chain_of_influence": {"their product is {dL_dx}": one_product},
    "one_sweep": {
        "more inputs, more gain, below {gain_most}": gains,
        "{front_long} ÷ {back_long} = {gain_long}": row_gain,
    },
    "chain_rule_gears": {
        "does L turn by the sum of all slopes, {added}": one_sum,
        "They multiply, one by one: the chain rule": one_product,
        "dividing turns L as far as asked": divides,
    },
    "push_through_gears": {"the gradient of x could be {bound}": is_bound},
    "function_gears": {
        "unequal turns of h": unequal,
        "equal turns of h, as far as seen": unequal,
        "round gears turn h to {line_end}, not to {end_h}": parts,
        "a pair's ratio of arms is the derivative there": arms,
    },
    "fan_out": {
        "it shrinks faster than the turn": shrinks,
        "Their sum is the gradient of x": adds,
        "One might say {tempting}. A nudge": half_tempts,
    },
    "toy_chain": {
        "Here {first_gate} is flat": first_is_flat,
        "Now {last_gate} is flat": last_is_flat,
    },
    "extended_chain": {
        "by the same factor: {times}": one_factor,
        "Will every bar change by the same amount": amount_tempts,
        "adding {change} gives the same": guess_is_right,
        "A slope of 0 lets nothing through": lets_nothing_through,
        "is nearest to zero at {stop}: {left}": least,
        "About where least comes back, it stops": least,
    },
    "learning_step": {
        "No: w1's gradient is multiplied by w2, which changed its sign": turned_by_the_other,
        "the lowest loss is {best_L}, at rate {best}": best_rate,
        "An arrow: rate {rate} times the gradient": leads_uphill,
        "A gradient points uphill": leads_uphill,
        "'arrives': 'arrives'": ends_as("arrives"),
        "still on its way": ends_as("crawls"),
        "lower, with ups and downs": ends_as("unsteady"),
        "stuck, no push left": ends_as("stuck"),
        "stuck, hardly any push left": ends_as("flat"),
        "flies off": ends_as("flies_off"),
        "no lower than at first": ends_as("no_lower"),
    },
    "loss_swap": {
        "Below the target the {kinked} pushes with {below_push}": kink,
        "every line differs by one factor, {quotient}": one_quotient,
        "{p_miss}, within ±1": a_chance,
        "The error goes to {slid_miss}": slid,
        "Now {times} times z": slid,
    },
    "activation_swap": {
        "none passes more than {most}: {most_slope}": passes_most("slope", "most_slope"),
        "None passes more than the steepest: first {most}, then {most_then}": steepest,
        "none is steeper than {most_then}": passes_most("slope", "then_slope", "other_"),
        "{back} passes back {back_out}, none more": passes_most("out", "back_out"),
        "now {back_then} passes back {then_out}, none more": passes_most("out", "then_out", "other_"),
    },
}
"""By scene and by what its words say, as it stands in config.yaml, what has to hold."""

_EXTREMES: Final[Mapping[str, Any]] = {
    "two_layer_network": [
        {"w1": 1.0, "w2": 1.0, "activation": "identity"},
        {"activation": "relu", "x": -1.0},
        {"activation": "relu", "w1": -3.0},
        {"x": 0.0},
        {"w1": 0.5, "w2": 2.0},
        {"activation": "identity", "w1": 0.5, "w2": 1.0, "target": 0.5, "nudges": [0.125]},
    ],
    "chain_of_influence": [{"activation": "relu", "x": -1.0}, {"w2": 1e-8}, {"w1": 0.0}],
    "one_sweep": [{"long": 2, "widths": [1, 1, 1]}, {"widths": [1000, 1, 1]}, {"long": 100, "widths": [1, 1000, 1, 1]}],
    "chain_rule_gears": [{"stages": ["square"], "weights": {}, "x": 0.0, "loss": "none"}, {"target": 40.0}],
    "push_through_gears": [
        {"target": 5.0},
        {"stages": ["sigmoid"], "weights": {}, "target": -5.0},
        {"stages": ["tanh"] * 10, "weights": {}},
    ],
    "function_gears": [
        {"pieces": [{"function": name, "x_range": [-1, 1]} for name in ("tanh", "sin", "sigmoid", "exp")]},
        {"pieces": [{"function": "identity", "x_range": [-1, 1]}]},
    ],
    "fan_out": [{"functions": ["relu", "relu"], "x": -1.0}, {"functions": ["sin", "cos"], "turn": 3.0}],
    "toy_chain": [{"functions": ["exp"] * 3 + ["tanh"], "x_range": [-1, 1]}, {"functions": ["square"], "flat": 1.0}],
    "extended_chain": [
        {"stages": ["identity"], "joins": ["identity"], "tells": "all"},
        {"stages": ["exp"], "joins": ["relu"], "tells": "all", "x_range": [-3, 3]},
        {"stages": ["sigmoid", "tanh"], "joins": ["relu", "softplus"], "tells": "all", "x": 0.5, "x_range": [-2, 2]},
    ],
    "learning_step": [
        {"activation": "relu", "x": -1.0},
        {"activation": "identity", "w1": 0.5, "w2": 1.0, "target": 0.5},
        {"rates": [30.0], "tells": "rates"},
        {"rates": [1.2, 2.5], "tells": "rates", "activation": "relu"},
    ],
    "loss_swap": [
        {"losses": ["absolute_error", "half_squared_error"]},
        {"times": 0.1},
        {"activation": "sigmoid", "w2": None, "times": 2.0, "target": 0.0, "w1": 2.0, "b": 2.0},
    ],
    "activation_swap": [{"activations": ["relu", "identity"]}, {"activations": ["relu", "abs"], "x": 0.0}],
}


def extremes(scene: str) -> list[dict[str, Any]]:
    """Return settings of a scene in which much is 0, equal, alone, very large or turned the other way."""
    return [{"scene": scene, **changes} for changes in _EXTREMES[scene]]
