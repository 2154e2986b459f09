"""What is looked for in the write-up: the sections of a good README, told in sentences with something behind them."""

from __future__ import annotations

import re
from typing import Final

from interviewer.engines.offline.submission.finding import (
    SHARE,
    Found,
    by_count,
    found,
    matching,
    pattern,
    with_figure,
)
from interviewer.engines.offline.submission.handed import FIGURE, Handed, Spot

METRIC: Final = pattern(
    r"""\b(?: f1 | f-?score | precision | recall | accuracy | auc | auroc | auprc | roc | ndcg | mrr | rmse | mae | mape
    | r2 | log-?loss | cer | wer | exact[ ]match | bleu | rouge | hit[ ]rate | lift | kappa | brier
    | error[ ]rate | (?:mean|average)[ ](?:absolute|squared)[ ]error )\b"""
)
REASON: Final = pattern(
    r"\b(?: because | since | so[ ]that | due[ ]to | as[ ](?:a|the|they|it|we|each|most) | which[ ]means | otherwise | "
    r"the[ ]reason | caused[ ]by | comes?[ ]from )\b"
)
_MODEL: Final = pattern(
    r"""\b(?: (?P<linear> tf-?idf | logistic | linear[ ]regression | ridge | lasso | linear[ ]?svc? | svm )
    | (?P<bayes> naive[ ]bayes ) | (?P<trees> random[ ]forest | decision[ ]tree )
    | (?P<boosted> (?:light|cat)?gbm? | xgboost | catboost | lightgbm | gradient[ ]boost\w* | boosted[ ]trees? )
    | (?P<transformer> (?:distil|ro|de|mini)?bert\w* | transformers? | sentence[ ]embeddings? | fine-?tun\w+ )
    | (?P<recurrent> lstm | rnn | gru ) | (?P<convolution> cnn | resnet\w* | efficientnet\w* )
    | (?P<llm> llms? | gpt\S* | claude | gemini | llama\S* | mistral | zero-?shot | few-?shot | prompt(?:ed|ing)? )
    | (?P<neighbours> k-?nn | nearest[ ]neighbou?rs? | collaborative[ ]filter\w* | matrix[ ]factori[sz]ation )
    | (?P<constant> majority | most[ ](?:frequent|common|popular) | dummy | constant | always[ ] | seasonal[ ]naive
      | last[ ](?:value|week) | popularity )
    | (?P<rules> (?:keyword|hand-?written|simple)[ ]rules? | regex\w* | rule-?based | heuristic\w* )
    | (?P<ocr> ocr | tesseract ) | (?P<series> arima | prophet | exponential[ ]smoothing ) )"""
)
_PROBLEM: Final = pattern(
    r"\b(?: predict\w* | classif\w* | decid\w* | route[sd]? | routing | extract\w* | rank(?:s|ed|ing)? | detect\w* "
    r"| estimat\w* | forecast\w* | recommend\w* | assign\w* | recogni[sz]\w* | flag(?:s|ged)? | match(?:es|ing)? )\b"
)
_SUCCESS: Final = pattern(
    r"\b(?: success | metric | measure[ds]? | target | optimi[sz]e[ds]? | judged? | primary | what[ ]counts | matters "
    r"| good[ ]enough )\b"
)
_ASSUMED: Final = pattern(
    r"""\b(?: assum\w+ | ambigu\w+ | unclear | (?:does[ ]not|did[ ]not|doesn't|didn't)[ ]say | left[ ]open
    | open[ ]questions? | i[ ](?:read|took|understood|interpret\w*)\b.{1,60}\b(?:as|to[ ]mean) | i[ ]asked
    | clarif\w+ )\b"""
)
_ROWS: Final = pattern(
    r"\b(?: class(?:es)? | labels? | categor\w+ | rows? | tickets? | examples? | samples? | documents? | images? "
    r"| users? | balance | share | distribution | minority | median | tokens? | length )\b"
)
_SHARES: Final = pattern(
    r"\d\s?%|\b(?: balance | imbalanc\w+ | share | median | length | longest | shortest | tokens? )\b"
)
_FAULTS: Final = pattern(
    r"""\b(?: duplicat\w+ | mislabel\w* | wrong(?:ly)?[ ]label\w* | label[ ]noise | labels?[ ](?:are|were)[ ]wrong
    | leak\w* | near-?identical | missing | empty | outliers? | typos? | encoding | inconsisten\w+ | skew\w*
    | mixed[ ]languages? | other[ ]languages? | truncated )\b"""
)
_ORDER: Final = pattern(
    r"\b(?: first(?:ly)? | start(?:ed)? | began | then | next | after[ ]that | before | finally | last )\b"
)
_CHOICE: Final = pattern(
    r"\b(?: chose | chosen | choose | pick(?:ed)? | us(?:e|ed|ing) | decided | prefer\w* | kept | keep | went[ ]with "
    r"| stay(?:ed)? | settled | set | accept(?:ed)? )\b"
)
_ALTERNATIVE: Final = pattern(
    r"""\b(?: instead[ ]of | rather[ ]than | considered | alternatives? | ruled[ ]out | rejected | not[ ]worth
    | (?:chose|picked|prefer\w*|kept)\b.{1,60}\bover | tried\b.{1,90}\b(?:but|no[ ]better|worse|did[ ]not)
    | would[ ]have )\b"""
)
_PRICE: Final = pattern(
    r"""\b(?: latency | milliseconds? | ms | seconds? | minutes? | gpus? | cpus? | memory | [mg]i?b | cents? | dollars?
    | slower | faster | cheaper | costs? | euros? | upkeep )\b | [$€£]\s?\d"""
)
_HOURS: Final = pattern(r"\b(?: hours?[ ](?:on|for|in)[ ](?:this|the)[ ]task | spent | time-?box\w* )\b")
_LIMIT: Final = pattern(
    r"""\b(?: limit\w* | weak\w* | fails? | failed | struggl\w+ | can(?:not|'t) | does[ ]not | confus\w+ | worse
    | poor\w*
    | misses | unreliable | not[ ]enough | caveat | do[ ]not[ ]use | small[ ]sample | uncertain\w* | interval
    | should[ ]not )\b | \u00b1"""
)
_NEXT_SECTION: Final = pattern(
    r"\b(?: next | future | more[ ]time | further | improve\w* | outlook | would[ ]do | left )\b"
)
_NEXT: Final = pattern(
    r"\b(?: with[ ](?:more|another|one[ ]more)[ ](?:time|day|week|hours?) | next[ ],?i[ ]would | i[ ]would[ ]next "
    r"| next[ ]steps? | the[ ]next[ ]thing )\b"
)
_RANKED: Final = pattern(
    r"\b(?: first | then | biggest | largest | most | priorit\w+ | before | after[ ]that | last )\b"
)
_GAIN: Final = pattern(
    r"\b(?: because | gain | expect\w* | worth | points? | hours? | reduces? | should[ ]\w+ | would[ ]\w+ | effort )\b"
)
_RESULTS_SECTION: Final = pattern(r"\b(?: results? | figures | evaluation | error\w* | limit\w* | performance )\b")
_WATCH: Final = pattern(r"\b(?: monitor\w* | drift\w* | alert\w* | alarms? | watch(?:ed|ing)? )\b")
_WATCHED: Final = pattern(
    r"\b(?: rates? | share | distribution | confidence | volume | daily | weekly | threshold | labels? | length "
    r"| unknown | below | above | overrid\w+ | corrections? )\b"
)
_ROLLOUT: Final = pattern(
    r"""\b(?: a/b | ab[ ]tests? | shadow | canary | roll(?:ed|ing)?[ ]?(?:back|out) | side[ ]by[ ]side | champion
    | (?:percent|%)[ ]of[ ](?:the[ ])?(?:traffic|tickets|requests|users) | gradual\w* | fall[ ]?backs?
    | human[ ]review )\b | \bsend\w*\b.{1,40}\bto[ ]a[ ](?:human|person)\b"""
)


def own_problem(handed: Handed) -> Found:
    """The task in sentences of the candidate's own: what is predicted, decided or extracted."""
    return by_count(matching(handed.told, _PROBLEM, words=9)[:4], 0.6, 1.0)


def success_measure(handed: Handed) -> Found:
    """The figure that decides success; in full with the reason why that one."""
    named = matching(handed.told, _SUCCESS, METRIC, words=6)
    reasoned = matching(named, REASON)
    return found(1.0, reasoned) if reasoned else found(0.6, named)


def assumptions(handed: Handed) -> Found:
    """What the brief left open and how it was read."""
    return by_count(matching(handed.told, _ASSUMED, words=6), 0.6, 1.0)


def data_figures(handed: Handed) -> Found:
    """Sizes, shares of classes, lengths, as figures."""
    counted = with_figure(matching(handed.done, _ROWS, words=4))
    counted = [spot for spot in counted if METRIC.search(spot.text) is None]
    shares = matching(counted, _SHARES)
    return found(1.0 if len(counted) > 1 else 0.7, [*shares, *counted]) if shares else by_count(counted, 0.3, 0.5)


def data_faults(handed: Handed) -> Found:
    """A fault of the data that was found by looking; in full with its number."""
    told = matching(handed.done, _FAULTS, words=6)
    counted = with_figure(told)
    return found(1.0, counted) if counted else found(0.4, told)


def several_tried(handed: Handed) -> Found:
    """More than one kind of model, the simple ones counted too."""
    families: dict[str, Spot] = {}
    for spot in handed.done:
        for match in _MODEL.finditer(spot.text):
            families.setdefault(match.lastgroup or "", spot)
    spots = list(dict.fromkeys(families.values()))
    if len(families) < 2:
        return found(0.35, spots)
    return found(1.0 if len(families) > 2 or with_figure(spots) else 0.7, spots)


def order_told(handed: Handed) -> Found:
    """Which model came first and what followed."""
    return by_count([spot for spot in matching(handed.done, _ORDER, words=6) if _MODEL.search(spot.text)], 0.6, 1.0)


def choice_reason(handed: Handed) -> Found:
    """Choices with their reasons; in full if a figure stands behind one."""
    reasoned = matching(handed.done, _CHOICE, REASON, words=8)
    counted = with_figure(reasoned)
    return found(0.5 * len(reasoned) + 0.3 * bool(counted), [*counted, *(s for s in reasoned if s not in counted)])


def alternative(handed: Handed) -> Found:
    """What was not chosen."""
    return by_count(matching(handed.told, _ALTERNATIVE, words=7), 0.7, 1.0)


def cost(handed: Handed) -> Found:
    """What a choice costs in time, money or memory, as a figure."""
    told = [spot for spot in matching(handed.done, _PRICE, words=5) if _HOURS.search(spot.text) is None]
    counted = with_figure(told)
    return found(1.0, counted) if counted else found(0.3, told)


def result_figures(handed: Handed) -> Found:
    """Results as figures: in sentences, or in the rows of a table of them."""
    measured = {spot.section for spot in handed.written if METRIC.search(spot.text)}
    rows = [
        spot
        for spot in handed.done
        if spot.passage.kind == "row"
        and (spot.section in measured or METRIC.search(spot.section) or len(SHARE.findall(spot.text)) > 1)
    ]
    said = [spot for spot in with_figure(matching(handed.done, METRIC)) if not _SUCCESS.search(spot.text)]
    spots = list(dict.fromkeys([*said, *rows]))
    return by_count(spots, 0.35, 0.7, 1.0)


def limits(handed: Handed) -> Found:
    """What the system does badly, told of its results."""
    told = [
        spot
        for spot in matching(handed.done, _LIMIT, words=6)
        if _RESULTS_SECTION.search(spot.section) or METRIC.search(spot.text) or FIGURE.search(spot.text)
    ]
    return by_count(told, 0.6, 1.0)


def next_steps(handed: Handed) -> Found:
    """What would come next."""
    return by_count(_next(handed), 0.4, 0.75, 1.0)


def next_order(handed: Handed) -> Found:
    """That the next steps have an order, and a gain behind them."""
    steps = _next(handed)
    ordered = [spot for spot in steps if re.match(r"\s*\d{1,2}[.)]\s", spot.text) or _RANKED.search(spot.text)]
    gains = matching(steps, _GAIN)
    if not ordered:
        return found(0.3, gains)
    return found(1.0 if gains else 0.5, [*gains, *ordered])


def _next(handed: Handed) -> list[Spot]:
    steps = [spot for spot in handed.told if _NEXT_SECTION.search(spot.section) or _NEXT.search(spot.text)]
    return [spot for spot in steps if spot.passage.kind == "sentence" and len(spot.text.split()) >= 6]


def monitoring(handed: Handed) -> Found:
    """What would be watched; in full if it says which figure."""
    told = matching(handed.told, _WATCH, words=4)
    named = matching(told, _WATCHED)
    return found(1.0, named) if named else found(0.4, told)


def rollout(handed: Handed) -> Found:
    """How a new version is let in, and what happens to cases that the model should not decide."""
    return by_count(matching(handed.told, _ROLLOUT, words=7), 0.8, 1.0)
