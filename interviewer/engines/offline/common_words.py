"""Words that people use in almost any answer to almost any interview question.

They carry meaning, but holding one of them does not make a sentence specific, nor does it tie a key
point to a criterion.
"""

from __future__ import annotations

from interviewer.engines.offline.stems import stem

_WORDS = """
ability able accept accuracy achieve across act action add address affect agree ai aim algorithm allow already
alternative always answer anything app appear application apply approach appropriate area arrive art ask aspect
attempt attention available avoid aware back bad base baseline basic become begin behaviour belief believe benefit
best better big bring build business busy buy call capable care career carry case cause certain challenge chance
change check choice choose clear client close code collaborate colleague come comfortable common communicate
communication company compare comparison complete complex concern condition confident consider continue control
correct cost country create critical current customer daily dashboard data dataset day deal decide decision deep
define deliver depend deploy deployment describe design detail determine develop development different difficult
direct discuss easy effect effective efficient effort eight eleven employee end engineer engineering enjoy ensure
entire environment especially evaluate event everybody everyone everything exact example exceed excellent excite
expect experience experienced expert explain fact fail failure fair fall fast feature feedback feel field fifteen
fifth fifty figure final find finish first fit five fix focus follow form forty forward four fourth free full
future gather general give goal good great group grow growth guess half handle happen happy hard head help high
honest hope hour huge hundred idea identify impact implement implementation important improve improvement include
increase individual information initial insight intelligence interest interesting involve issue job join keep key
kind know knowledge large last late later lead leader learn leave lesson let level life like limit line list
listen little live long look love low machine main maintain major manage management manager matter mean measure
meet member mention method metric million mind mindset minute miss mistake ml model moment money monitor
monitoring month morning move name need new next nice night nine normal note nothing notice number objective offer
office oil old one open opinion opportunity optimal optimise optimize option order organisation organise
organization outcome overall own part particular passion passionate past pay people percent perform performance
period person perspective pipeline place plan platform play point positive possible potential practice prepare
present problem proceed process produce product production professional project proper provide purpose push put
quality quarter question quick quite reach read ready real realise realize reason receive recent regular
relationship remember report request require requirement research resolve resource respect respond responsibility
responsible rest result review right risk robust role run save say scalable schedule second see seem send sense
serious serve service set setting seven share short show side significant similar simple situation six sixteen
sixth skill slow small smart software solution solve somebody someone source special specific speed spend stage
stakeholder standard start state stay step stop story strategy strength strong structure study success successful
suggest sun support sure system take talk target task team teamwork technical technique technology tell ten term
test think third thirty thought thousand three time today tool top topic total track trade tradeoff train trouble
true trust try turn twelve twenty two type understand understanding unique update use useful user usual valuable
value various version view visit wait walk want watch way week welcome whole wide win winner wish wonder word work
worker world worry write wrong year young
"""

COMMON = frozenset(stem(word) for word in _WORDS.split())
"""Stems of words that are common to all subjects."""

_TRADE = """
algorithm api application architecture audit backlog batch benchmark budget bug cache calibrate churn client cloud
cluster code compute contract cost customer dashboard data database dataset debug deploy deployment developer
distribution document embedding engineer error estimate evaluation experiment feature fine-tune tuning gpu
hypothesis incident inference integration interface invoice label latency launch learning license log loss machine
maintain manager metric migration ml model monitor network notebook operator optimise optimize outage parameter
pipeline precision predict prediction probability process product production programmer project prompt prototype
python query rank recall release requirement retrain roadmap rollback rule sample scratch server service shadow
significant software sprint sql stakeholder statistics supplier support system table team test threshold ticket
token train traffic user validation vendor version weight workflow
"""

TRADE = frozenset(stem(word) for word in _TRADE.split())
"""Stems of words from the work that interviews here are about; two of them in a sentence make it belong."""
