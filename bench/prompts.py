"""Tries the prompts on recorded replies, with the very code that checks a model's replies in an interview.

    python -m bench.prompts grades FOLDER FILE... [--count N]      writes the calls for N human-graded answers
    python -m bench.prompts turns FOLDER TRANSCRIPT... [--count N] writes the calls for N turns of interviews
    python -m bench.prompts read FOLDER                            checks the replies and prints what came of them

Each call is a text file `NNN.call.txt`: system prompt, message and JSON Schema, exactly as they would be
sent. Put each reply, unedited, beside it as `NNN.reply.txt`. Where the product would ask once more,
`read` writes `NNN.again.call.txt` and looks for `NNN.again.reply.txt`. FILE is as for bench/agreement.py.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.agreement import Item, by_length, by_rules, on_scale
from bench.agreement import read as read_items
from interviewer.engines.llm.grader import LanguageModelGrader
from interviewer.engines.llm.interviewer import LanguageModelInterviewer
from interviewer.grading.agreement import agreement, pearson
from interviewer.grading.grader import Exchange, GradingRequest
from interviewer.interview.interviewer import Remark, Words
from interviewer.interview.state import State, apply, begin
from interviewer.library import Library
from interviewer.providers.chat import ChatRequest, Piece, ProviderError, Reply, Usage
from interviewer.question import Question
from interviewer.rubric import Rubric
from interviewer.scorecard import Grade
from interviewer.transcript.events import Answer, Move, Reading
from interviewer.transcript.store import read as read_transcript

RUBRIC = "ml-concepts"
MAIN = "concept-correctness"
SEED = 7


def as_text(request: ChatRequest) -> str:
    """A call as it is sent, to be read by people."""
    parts = [("SYSTEM", request.stable)] + [("SYSTEM, CONTINUED", request.varying)] * bool(request.varying)
    parts += [(message.role.upper(), message.text) for message in request.messages]
    if request.schema:
        parts.append(("THE REPLY IS ONE JSON OBJECT OF THIS SCHEMA", json.dumps(request.schema.body, indent=1)))
    return "\n".join(f"=== {title} ===\n{text.strip()}\n" for title, text in parts)


@dataclass
class Recorded:
    """A model whose replies stand in files. What has no reply yet is written down and fails."""

    folder: Path
    name: str
    provider: str = "recorded"
    model: str = "recorded"
    calls: list[str] = field(default_factory=list)

    async def complete(self, request: ChatRequest) -> Reply:
        """The reply to this call, in the order of calls."""
        stem = self.name + (".again" if self.calls else "")
        self.calls.append(stem)
        call = self.folder / f"{stem}.call.txt"
        if not call.exists():  # what was once sent stays as it was
            call.write_text(as_text(request), encoding="utf-8")
        reply = self.folder / f"{stem}.reply.txt"
        if not reply.exists():
            raise ProviderError("bad-request", "no reply recorded")
        return Reply(reply.read_text(encoding="utf-8"), "complete", Usage(counted=False), self.model)

    async def stream(self, request: ChatRequest) -> AsyncIterator[Piece | Reply]:
        """The same, word by word."""
        whole = await self.complete(request)
        for word in whole.text.split(" "):
            yield Piece(word + " ")
        yield whole

    async def close(self) -> None:
        """Nothing to let go of."""


# ---- grades ---------------------------------------------------------------------------------------------


def choose_items(files: Sequence[str], count: int) -> list[dict[str, object]]:
    """As many answers of each file, spread over its human grades and questions."""
    chance = random.Random(SEED)
    chosen: list[dict[str, object]] = []
    for file in files:
        items = read_items(Path(file))
        by_grade: dict[float, list[int]] = {}
        for place in chance.sample(range(len(items)), len(items)):
            by_grade.setdefault(round(items[place].human), []).append(place)
        wanted = count // len(files)
        while wanted and any(by_grade.values()):
            for places in by_grade.values():
                if places and wanted:
                    item = items[places.pop()]
                    chosen.append({"set": Path(file).stem, **item.__dict__})
                    wanted -= 1
    return chosen


def grading_request(item: dict[str, object], rubric: Rubric) -> GradingRequest:
    """One answer to one question with a reference answer, under the rubric for concepts."""
    question = Question.model_construct(
        id="question",
        text=str(item["question"]),
        format="ml-concepts",
        topic="none",
        stages=("big-tech",),
        minutes=5.0,
        rubric=rubric.id,
        key_points=(),
        gaps=(),
        probes=(),
        twists=(),
        hint=None,
        better=None,
        reference=str(item["reference"]) or None,
    )
    exchange = Exchange(asked=question.text, answer=str(item["answer"]), event=1)
    return GradingRequest.model_construct(
        thread=1, question=question, rubric=rubric, exchanges=(exchange,), earlier=(), person=None, skipped=False
    )


async def graded(folder: Path, name: str, item: dict[str, object], rubric: Rubric) -> tuple[Grade, int]:
    """The grade that comes of the recorded replies, and how many calls it took; none if code decided alone."""
    model = Recorded(folder, name)
    grade = await LanguageModelGrader(model).grade(grading_request(item, rubric))
    return grade, len(model.calls)


def share(grade: Grade, rubric: Rubric, criterion: str | None = None) -> float:
    """0 to 1 over the criteria that were assessed, or of one; what was not assessed or not graded is 0."""
    order = [level.id for level in rubric.levels]
    rated = [
        (rubric.criterion(one.criterion).weight, order.index(one.level) / (len(order) - 1))
        for one in grade.ratings
        if one.assessed and criterion in {None, one.criterion}
    ]
    weight = sum(each for each, _ in rated)
    return sum(each * value for each, value in rated) / weight if weight else 0.0


async def read_grades(folder: Path, items: Sequence[dict[str, object]]) -> None:
    """Agreement of the recorded grades with the human ones."""
    rubric = Library.default().rubric(RUBRIC)
    outcomes: Counter[str] = Counter()
    by_set: dict[str, list[tuple[float, float, dict[str, object]]]] = {}
    for number, item in enumerate(items, 1):
        grade, calls = await graded(folder, f"{number:03}", item, rubric)
        outcomes["decided by code alone" if not calls else f"{grade.status} after {calls} call(s)"] += 1
        if grade.status == "failed":
            outcomes[grade.note[:90]] += 1
            continue
        pair = (share(grade, rubric, MAIN), share(grade, rubric))
        by_set.setdefault(str(item["set"]), []).append((*pair, item))
    for what, how_many in outcomes.most_common():
        print(f"  {how_many:4} {what}")
    for name, found in by_set.items():
        read = [_item(item) for _, _, item in found]
        raters = {
            "correctness": [one for one, _, _ in found],
            "total": [two for _, two, _ in found],
            "offline scorer": by_rules(read),
            "length": by_length(read),
        }
        print(f"  {name} ({len(found)} answers), Pearson / Spearman / QWK, and Pearson's 95 % interval")
        for title, raw in raters.items():
            figures = " / ".join(f"{figure or 0:.2f}" for figure in _figures(read, raw))
            low, high = _interval(read, raw)
            print(f"    {title:<15} {figures}   {low:.2f} to {high:.2f}")


def _figures(items: Sequence[Item], raw: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    human = [item.human for item in items]
    plain = agreement(raw, human)
    fitted = agreement(on_scale(items, raw), [float(round(value)) for value in human])
    return plain.pearson, plain.spearman, fitted.kappa


def _interval(items: Sequence[Item], raw: Sequence[float], times: int = 2000) -> tuple[float, float]:
    """Of Pearson's r: percentiles over samples of whole questions, since answers to one question are alike."""
    chance = random.Random(SEED)
    groups: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        groups.setdefault(item.group, []).append(place)
    names = sorted(groups)
    found = []
    for _ in range(times):
        places = [place for name in chance.choices(names, k=len(names)) for place in groups[name]]
        figure = pearson([raw[place] for place in places], [items[place].human for place in places])
        found.append(figure or 0.0)
    found.sort()
    return found[int(0.025 * times)], found[int(0.975 * times)]


def _item(item: dict[str, object]) -> Item:
    return Item(**{key: value for key, value in item.items() if key != "set"})  # type: ignore[arg-type]


# ---- turns ----------------------------------------------------------------------------------------------


def moments(path: Path) -> list[tuple[int, State, float]]:
    """Every moment of an interview at which an answer waits to be reacted to."""
    transcript = read_transcript(path)
    state, found = begin(transcript.header), []
    for event in transcript.events:
        state = apply(state, event)
        if isinstance(event, Answer) and state.header.mode == "realistic":
            found.append((event.seq, state, event.clock + 1.0))
    return found


def choose_moments(files: Sequence[str], count: int) -> list[dict[str, object]]:
    """As many moments of each interview, spread over its length."""
    chosen: list[dict[str, object]] = []
    for file in files:
        there = moments(Path(file))
        wanted = min(len(there), -(-count // len(files)))
        places = sorted({round(place * (len(there) - 1) / max(1, wanted - 1)) for place in range(wanted)})
        chosen += [{"transcript": str(Path(file).resolve()), "seq": there[place][0]} for place in places]
    return chosen[:count]


async def read_turns(folder: Path, items: Sequence[dict[str, object]]) -> None:
    """What the product made of each recorded turn; the words go to `turns.txt` for a second reader."""
    outcomes: Counter[str] = Counter()
    lines: list[str] = []
    for number, item in enumerate(items, 1):
        state, now = next(
            (state, now) for seq, state, now in moments(Path(str(item["transcript"]))) if seq == item["seq"]
        )
        model = Recorded(folder, f"{number:03}")
        words, remarks, move, reading = [], [], None, None
        async for part in LanguageModelInterviewer(model).turn(state, now):
            if isinstance(part, Words):
                words.append(part.text)
            elif isinstance(part, Remark):
                remarks.append(f"{part.kind}: {part.text}")
            elif isinstance(part, Move):
                move = part
            elif isinstance(part, Reading):
                reading = part
        fell = any(remark.startswith("offline-turn") for remark in remarks)
        kind = "fell back" if fell else "legal at once" if len(model.calls) == 1 else "repaired"
        outcomes[kind] += 1
        if move is not None:
            outcomes[f"move: {move.kind}"] += 1
        asked = state.last.text if state.last else ""
        answer = state.unread.text if state.unread else ""
        lines += [
            f"##### {number:03} ({state.persona.id}) {kind} {'; '.join(remarks)}",
            f"QUESTION: {state.thread.asked if state.thread else '-'}",
            f"ASKED: {asked}",
            f"ANSWER: {answer}",
            f"READ AS: {reading.outcome if reading else '-'}; gap: {move.gap if move else '-'}",
            f"NEXT ({move.kind if move else '-'}, {move.speaker if move else '-'}): {''.join(words)}",
            "",
        ]
    (folder / "turns.txt").write_text("\n".join(lines), encoding="utf-8")
    for what, how_many in outcomes.most_common():
        print(f"  {how_many:4} {what}")


def render(folder: Path, kind: str, items: Sequence[dict[str, object]]) -> None:
    """Writes the plan and every first call."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_text(json.dumps({"kind": kind, "items": items}, indent=1), encoding="utf-8")
    asyncio.run((read_grades if kind == "grades" else read_turns)(folder, items))
    print(f"{len(list(folder.glob('*.call.txt')))} calls in {folder}")


def main(arguments: Sequence[str]) -> int:
    """Runs one of the three commands."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=("grades", "turns", "read"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--count", type=int, default=120)
    given = parser.parse_args(arguments)
    if given.command == "read":
        plan = json.loads((given.folder / "plan.json").read_text(encoding="utf-8"))
        asyncio.run((read_grades if plan["kind"] == "grades" else read_turns)(given.folder, plan["items"]))
        return 0
    choose = choose_items if given.command == "grades" else choose_moments
    render(given.folder, given.command, choose(given.files, given.count))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
