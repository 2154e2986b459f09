"""A rubric, a bank and a persona with nothing wrong, and ways to plant something."""

from __future__ import annotations

from pathlib import Path

from interviewer.library import Library, Report, check

MARK = "#!"
"""Stands, as a comment, on every line of a sample that a fault is expected on."""

RUBRIC = """\
id: depth
version: 1
title: Depth
about: How deep an answer goes.
levels:
  - {id: low, title: Low, value: 0}
  - {id: mid, title: Mid, value: 1}
  - {id: high, title: High, value: 3}
criteria:
  - id: method
    title: Method
    asks: Does it say how?
    weight: 0.6
    gate: mid
    anchors:
      low: Says nothing of how.
      mid: Names a method.
      high: Explains the method.
    evidence_for: [names the algorithm]
    probes:
      - type: deepen
        text: How did that work?
    cues:
      for: [we measured]
      against: [no idea]
      signals: [number, mechanism]
  - id: outcome
    title: Outcome
    asks: Does it say what came of it?
    weight: 0.4
    anchors:
      low: No outcome.
      mid: An outcome.
      high: An outcome with a figure.
"""

BANK = """\
id: basics
version: 1
title: Basics
questions:
  - id: q-one
    text: Tell me about a model that you shipped.
    format: deep-dive
    topic: T-ONE
    stages: [seed, series-a]
    rubric: depth
    minutes: 6
    key_points:
      - id: baseline
        point: Compares with something simple.
        cues: [baseline, simple rule]
        probe: {type: quantify, text: "Compared with what?"}
      - id: failure
        point: Says what broke.
        cues: [went wrong]
        probe: {type: failure, text: "What broke?"}
    gaps:
      - id: no-number
        gap: Gives no figure.
        signal: number
        probe: {type: quantify, text: "How much?"}
    twists:
      - id: less
        kind: remove-resource
        text: Now you have no labels.
        looks_for: Another source.
        cues: [weak labels]
    probes:
      - type: deepen
        criterion: method
        text: Why that method?
    hint: Begin with the users.
  - id: q-two
    text: What did you learn last year?
    format: story
    topic: T-TWO
    stages: [seed]
    rubric: depth
    minutes: 4
    key_points:
      - id: lesson
        point: Names a lesson.
        cues: [since then]
        probe: {type: reflection, text: "What changed?"}
      - id: example
        point: Gives an example.
        cues: [for example]
        probe: {type: deepen, text: "Such as?"}
    gaps:
      - id: vague
        gap: Stays general.
        signal: example
        probe: {type: deepen, text: "Which case?"}
"""

_PHRASES = """\
      greet: [Good morning.]
      acknowledge: [Thanks.]
      echo: ["You said {quote}."]
      recall: ["Earlier you said {quote}."]
      contradiction: ["First {earlier}, now {quote}."]
      transition: [Next.]
      redirect: [Back to the question.]
      blank: [Take your time.]
      kind_stop: [Let us leave that.]
      hint: [Perhaps this helps.]
      clarify: [In other words.]
      skip: [Fine.]
      invite: ["What would you like to know?"]
      more: ["Anything else?"]
      refuse: [I cannot say.]
      defer: [Let us come to that later.]
      time_up: [We are out of time.]
      close: [Goodbye.]
      hand_over: ["Over to you, {name}."]
      take_over: [Thank you.]
"""

PERSONA = f"""\
id: pair
version: 1
title: A pair
tagline: Two people.
about: Two people who ask.
stage: seed
formats: [deep-dive]
minutes:
  default: 20
  shortest: 10
  longest: 40
people:
  - id: ada
    name: Ada
    role: Founder
    voice: Short.
    temper: Calm.
    cares:
      method: 2
    phrases: &phrases
{_PHRASES}\
  - id: bob
    name: Bob
    role: Engineer
    voice: Long.
    temper: Warm.
    phrases: *phrases
company:
  name: Acme
  stage: seed
  category: Logistics
  pitch: Boxes move.
  product: A service that moves boxes.
  numbers:
    - {{id: users, label: Users, value: "12"}}
  flaws:
    - id: flaw
      flaw: Counts sign-ups as users.
      why: Most never return.
      cues: [never return]
  facts:
    - id: runway
      asks: [runway]
      answer: A year.
      person: ada
  withheld:
    - id: names
      asks: [customer names]
      reply: I cannot name them.
plan:
  - id: open
    title: Opening
    purpose: opening
    minutes: 2
    lead: ada
  - id: main
    title: Questions
    purpose: questions
    minutes: 14
    lead: bob
    banks: [basics]
    topics: [T-ONE, T-TWO]
    rubric: depth
    questions: 2
    follow_ups: 2
  - id: yours
    title: Your questions
    purpose: candidate-questions
    minutes: 2
    lead: ada
  - id: end
    title: End
    purpose: closing
    minutes: 2
    lead: ada
moves:
  probes: {{quantify: 2}}
  twists: [remove-resource]
decision:
  rule: panel
  rubrics:
    depth: 1
  heavy: [method]
  thresholds:
    no: 0.3
    yes: 0.5
    strong_yes: 0.8
  spoken:
    strong-no: [Never.]
    no: [Not this time.]
    yes: [Gladly.]
    strong-yes: [Start tomorrow.]
    no-decision: [Too little was said.]
"""

SAMPLES = {"rubric": RUBRIC, "bank": BANK, "persona": PERSONA}
EMPTY = Library(())


def planted(text: str, *changes: tuple[str, str]) -> str:
    """`text` with each first text of a pair, which it must hold exactly once, turned into the second."""
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def marked(text: str) -> list[int]:
    """The lines that carry the mark."""
    return [number for number, line in enumerate(text.splitlines(), 1) if MARK in line]


def check_texts(folder: Path, **texts: str) -> Report:
    """Checks the samples, with some of them replaced, as three files in `folder` and nothing beside."""
    for name, text in {**SAMPLES, **texts}.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return check([folder], EMPTY)


def write_library(folder: Path) -> Path:
    """The samples laid out as a place that the library looks at."""
    for path, text in (
        ("rubrics/depth", RUBRIC),
        ("personas/pair", PERSONA),
        ("personas/questions/basics", BANK),
    ):
        file = folder / f"{path}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return folder
