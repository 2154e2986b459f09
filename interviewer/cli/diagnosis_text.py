"""What `interviewer doctor` found, in plain lines."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from interviewer.cli.diagnosis import Call, Content, Diagnosis, Model, Server

MOST_MODELS = 6
"""Models of a server that are named; the rest are counted."""


def lines(found: Diagnosis) -> Iterator[str]:
    """The whole page, a fact a line."""
    yield f"interviewer {found.version}, Python {found.python}, {found.system}"
    kind = "a terminal" if found.screens else "no terminal here"
    colour = "colour" if found.colour else "no colour"
    yield f"Terminal    {kind}, {found.columns} columns, {found.rows} rows, {colour}"
    for folder in found.folders:
        state = folder.problem or ("can be written" if folder.exists else "not there yet, will be made when needed")
        yield f"Folder      {folder.purpose}: {folder.path} ({state})"
    for content in found.content:
        yield f"Content     {_content(content)}"
    for variable, is_set in found.keys.items():
        yield f"Key         {variable} is {'set' if is_set else 'not set'}"
    for server in found.servers:
        yield f"Server      {_server(server)}"
    if not found.servers:
        yield "Server      none answers on the usual ports of this machine"
    yield from _engine(found)
    for call in found.calls or ():
        yield f"Call        {_call(call)}"
    if found.calls is None:
        yield "No call was made: nothing left this machine, and only its own ports were asked."
    elif not found.calls:
        yield "No call was made: no engine that makes calls can be used as it is set. Nothing left this machine."
    yield ""
    yield "Next"
    for step in found.next_steps:
        yield f"  - {step}"


def _engine(found: Diagnosis) -> Iterator[str]:
    """Who would interview and grade, and what is known of the grades."""
    engine = found.engine
    yield f"Engine      {engine.who} ({engine.why}): {engine.leaves}"
    for model in engine.models:
        yield f"Model       {_model(model)}"
    if engine.models and (engine.samples > 1 or engine.per_criterion):
        often = f"each model {engine.samples} times, their median counts" if engine.samples > 1 else "each model once"
        yield f"Grading     {often}{', a call for each criterion' if engine.per_criterion else ''}"
    if engine.calibration:
        yield f"Agreement   {engine.calibration}"
    if engine.models:
        limit = "none" if found.max_cost is None else f"${found.max_cost:g} for a run"
        yield f"Cost limit  {limit}"


def _content(content: Content) -> str:
    own = f", {content.own} of your own" if content.own else ""
    broken = f", {len(content.broken)} that cannot be used" if content.broken else ""
    return f"{content.kind}: {content.usable}{own}{broken}"


def _server(server: Server) -> str:
    if not server.models:
        return f"{server.kind} at {server.host}: no model"
    named = ", ".join(server.models[:MOST_MODELS])
    more = len(server.models) - MOST_MODELS
    return f"{server.kind} at {server.host}: {named}{f' and {more} more' if more > 0 else ''}"


def _model(model: Model) -> str:
    if model.sent is None or model.received is None:
        return f"{model.purpose}: {model.name}, price unknown"
    price = f"${_price(model.sent)} sent, ${_price(model.received)} received, per million tokens"
    return f"{model.purpose}: {model.name}, {price}"


def _price(amount: Decimal) -> str:
    """At least two digits after the point, and all that there are."""
    return f"{amount:.2f}" if amount == round(amount, 2) else f"{amount.normalize():f}"


def _call(call: Call) -> str:
    from interviewer.cost import money

    name = f"{call.who}, {call.model}"
    if call.problem is not None or call.seconds is None:
        return f"{name}: {call.problem}"
    tokens = "tokens not counted" if call.sent is None else f"{call.sent} tokens sent, {call.received} received"
    cost = "cost unknown" if call.cost is None else money(call.cost)
    return f"{name}: answered in {call.seconds:.1f} s, {tokens}, {cost}"
