"""`interviewer doctor`: what was found, which engine that means, and what to do next."""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from interviewer.cli.diagnosis import Call, Content, Diagnosis, EngineInForce, Folder, Model, Server
from interviewer.cli.options import add_engine, add_transcripts, settings_from
from interviewer.engines.choose import EngineError, engine_of, model_name, model_of
from interviewer.engines.decision import Decision, decide
from interviewer.engines.found import KEYS, Found, key_in, look
from interviewer.settings import Settings, config_folder

if TYPE_CHECKING:
    from interviewer.library import Listing
    from interviewer.providers.meter import Meter
    from interviewer.providers.prices import Prices, Role

ABOUT = """\
Without --call nothing leaves this machine: the program looks at its own environment, folders and files, and
asks the usual ports of this machine for model servers (Ollama, LM Studio, llama.cpp, vLLM). With --call each
engine that can be used is asked for one word, or only the one that --engine names; that may cost a fraction
of a cent. No key is ever shown.

exit codes:
  0 an interview can be held, and nothing that was found is broken;
  1 something is broken: it says what, and what to do;
  2 wrong usage, or settings that cannot be used.
"""

_PURPOSES: dict[Role, str] = {"fast": "turns", "strong": "grading"}

LONGEST_CALL = 60.0
"""Seconds. A local server may first have to load the model."""

MOST_TOKENS = 64
"""Of the one word that is asked for, thinking included; being cut off is no fault here."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Adds the command's arguments."""
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = ABOUT
    parser.add_argument("--call", action="store_true", help="try each usable engine with one tiny call")
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_transcripts(parser)
    add_engine(parser)


def run(arguments: argparse.Namespace) -> int:
    """Runs the command; 0 if an interview can be held, 1 if something is broken."""
    from interviewer.cli import FAULTS
    from interviewer.cli.diagnosis_text import lines
    from interviewer.cli.page import write_json
    from interviewer.text import sanitise

    found = diagnose(settings_from(arguments), os.environ, call=arguments.call)
    if arguments.json:
        write_json(found.as_data())
    else:
        for line in lines(found):
            print(sanitise(line).replace("\n", " "))
    return FAULTS if found.broken else 0


def diagnose(settings: Settings, environment: Mapping[str, str], *, call: bool = False) -> Diagnosis:
    """Looks at everything. Calls engines only if asked to; else nobody but this machine's own ports."""
    from interviewer import __version__

    found = look(environment, settings, everything=True)
    decision = decide(settings, environment, found)
    columns, rows = shutil.get_terminal_size()
    screens = sys.stdout.isatty() and sys.stdin.isatty()
    plain = bool(environment.get("NO_COLOR")) or environment.get("TERM") == "dumb"
    prices, fault = _prices(environment)
    return Diagnosis(
        version=__version__,
        python=platform.python_version(),
        system=f"{platform.system()} {platform.release()}",
        columns=columns,
        rows=rows,
        colour=sys.stdout.isatty() and not plain,
        screens=screens,
        folders=(
            _folder("your own settings and content", config_folder(environment)),
            _folder("transcripts", settings.transcripts),
        ),
        content=(*_content(), _prompts(), _records(environment)),
        keys={variable: bool(key_in(environment, engine)) for engine, variable in KEYS.items()},
        servers=tuple(Server(server.kind, server.host, server.models) for server in found.servers),
        engine=_engine(settings, decision, environment, prices, fault),
        max_cost=settings.max_cost,
        calls=_calls(settings, decision, found, environment, prices) if call else None,
    )


def _folder(purpose: str, path: Path) -> Folder:
    """A folder, and whether something can be written there, or it can be made."""
    there = next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
    problem = None
    if not there.is_dir():
        problem = f"{there} is a file. Move it away, or set another folder."
    elif not os.access(there, os.W_OK | os.X_OK):
        problem = f"{there} cannot be written. Change who may write there, or set another folder."
    return Folder(purpose, str(path), path.exists(), problem)


def _content() -> tuple[Content, ...]:
    from interviewer.library import Library

    library = Library.default()
    kinds: tuple[tuple[str, list[Listing]], ...] = (
        ("personas", library.personas()),
        ("rubrics", library.rubrics()),
        ("question banks", library.banks()),
    )
    made = []
    for kind, listings in kinds:
        usable = [one for one in listings if not one.broken]
        own = sum(one.origin != "built in" for one in usable)
        made.append(Content(kind, len(usable), own, tuple(str(one.fault) for one in listings if one.broken)))
    return tuple(made)


def _prompts() -> Content:
    from interviewer.engines.llm.prompts import NAMES, PromptError, load_prompt

    usable, own, broken = 0, 0, []
    for name in NAMES:
        try:
            own += load_prompt(name).own
            usable += 1
        except PromptError as error:
            broken.append(str(error))
    return Content("prompts", usable, own, tuple(broken))


def _records(environment: Mapping[str, str]) -> Content:
    """What was measured of graders: see `interviewer agreement`."""
    from interviewer.grading.calibration_folder import read

    kept = read(config_folder(environment))
    usable = len(kept.calibrations.records)
    return Content("calibration records", usable, usable, kept.problems)


def _prices(environment: Mapping[str, str]) -> tuple[Prices, str | None]:
    """The prices in force, or the built-in ones and what is wrong with the user's own."""
    from interviewer.providers.prices import PriceError, load_prices

    try:
        return load_prices(config_folder(environment)), None
    except PriceError as error:
        return load_prices(), str(error)


def _engine(
    settings: Settings, decision: Decision, environment: Mapping[str, str], prices: Prices, fault: str | None
) -> EngineInForce:
    problem, calibration = fault, ""
    try:
        engine = engine_of(decision, environment=environment)  # makes no connection
        calibration = engine.grader.stamp.calibration
    except EngineError as error:
        problem = str(error)
    names = [(purpose, model_name(one.settings, prices, role)) for purpose, one, role in _parts(decision)]
    return EngineInForce(
        setting=settings.engine,
        name=decision.settings.engine,
        who=decision.who,
        why=decision.why,
        leaves=decision.leaves,
        models=tuple(_model(purpose, name, prices) for purpose, name in names if name),
        samples=settings.samples,
        per_criterion=settings.per_criterion,
        problem=problem,
        calibration=calibration,
    )


def _model(purpose: str, name: str, prices: Prices) -> Model:
    price = prices.of(name)
    return Model(purpose, name, price.sent if price else None, price.received if price else None)


def _parts(decision: Decision) -> Iterator[tuple[str, Decision, Role]]:
    """What is done by which model. Second votes and the debrief are for the first grader that is one."""
    judges = [one for one, role in _in_force(decision) if role == "strong"]
    for one, role in _in_force(decision):
        named = f" ({one.who})" if role == "strong" and decision.graders else ""
        yield _PURPOSES[role] + named, one, role
    if decision.settings.engine != "offline":
        reviewer: tuple[Decision, Role] = (judges[0], "strong") if judges else (decision, "fast")
        yield "second votes, debrief", *reviewer


def _in_force(decision: Decision) -> list[tuple[Decision, Role]]:
    """Whoever interviews and whoever grades, without the rules, which make no calls."""
    grading = decision.graders or (decision,)
    roles: list[tuple[Decision, Role]] = [(decision, "fast"), *((one, "strong") for one in grading)]
    return [(one, role) for one, role in roles if one.settings.engine != "offline"]


def to_call(
    settings: Settings, decision: Decision, found: Found, environment: Mapping[str, str]
) -> list[tuple[Decision, Role]]:
    """The engines to try, each once: those in force and, with `auto`, every other that was found.

    Nothing against a pinned `offline`: not even a key that is set is tried then.
    """
    by_engine: dict[str, tuple[Decision, Role]] = {}
    for one, role in _in_force(decision):
        by_engine.setdefault(one.settings.engine, (one, role))
    if settings.engine == "auto":
        bare = replace(settings, base_url=None, turn_model=None, grade_model=None, graders=())
        named = [name for name in ("anthropic", "openai") if name in found.keys]
        others = [decide(replace(bare, engine=name), environment) for name in named]
        kept = settings if decision.settings.engine == "openai-compatible" else replace(settings, turn_model=None)
        others.append(decide(replace(kept, graders=()), environment, replace(found, keys=frozenset())))
        for other in others:
            if not other.offline:
                by_engine.setdefault(other.settings.engine, (other, "fast"))
    return list(by_engine.values())


def _calls(
    settings: Settings, decision: Decision, found: Found, environment: Mapping[str, str], prices: Prices
) -> tuple[Call, ...]:
    from interviewer.providers.meter import Meter

    meter = Meter(Decimal(str(settings.max_cost)) if settings.max_cost is not None else None)

    async def all_at_once() -> list[Call]:
        engines = to_call(settings, decision, found, environment)
        return await asyncio.gather(*(_call(one, role, prices, meter, environment) for one, role in engines))

    return tuple(asyncio.run(all_at_once()))


async def _call(decision: Decision, role: Role, prices: Prices, meter: Meter, environment: Mapping[str, str]) -> Call:
    """Asks the model for one word."""
    from interviewer.providers.chat import ChatRequest, Message, ProviderError
    from interviewer.providers.meter import MeteredModel

    alone = replace(decision, graders=())
    call = Call(alone.who, alone.settings.engine, model_name(alone.settings, prices, role) or "no model")
    try:
        model = model_of(alone, prices, role, environment, LONGEST_CALL)
    except EngineError as error:
        return replace(call, problem=str(error))
    request = ChatRequest("", "Reply with the one word: ready", (Message("user", "Ready?"),), most_tokens=MOST_TOKENS)
    try:
        await model.ready()
        began = time.monotonic()
        reply = await MeteredModel(model, meter, prices, "check").complete(request)
        seconds = time.monotonic() - began
    except ProviderError as error:
        return replace(call, problem=str(error))
    finally:
        await model.close()
    counted = reply.usage.counted
    return replace(
        call,
        seconds=round(seconds, 3),
        sent=reply.usage.sent if counted else None,
        received=reply.usage.received if counted else None,
        cost=prices.cost(model.model, reply.usage),
    )
