"""The phrases by which a kind of content is told, as data for `signals`.

Words are compared as written (lower case, contractions spelled out: "didn't" is "did not"), because
tense matters: "we reduced" is a result, "to reduce" is a wish. A word ending in `*` stands for every
word with that beginning. Each kind has phrases that show it and, where real English needs it, phrases
that look like it and are not.
"""

from __future__ import annotations

from interviewer.rubric import Signal


def _lines(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for line in text.strip().splitlines() for phrase in line.split(","))


SHOWN_BY: dict[Signal, tuple[str, ...]] = {
    "alternative": _lines("""
        instead of, rather than, alternative*, another option, other option*, options were, option was, two options
        three options, as opposed to, versus, vs, could have used, could have gone, could have built, ruled out
        rejected, decided against, either, we considered, i considered, we also considered, i also considered
        thought about using, looked at using, weighed, compared two, compared three, compared both, the other way
        other approach*, another approach, another way, other candidate*, tried two, tried three, both approaches
        opted for, not worth building, buy or build, build or buy, could also, or we could, or i could
        would also consider, first tried, initially tried
    """),
    "baseline": _lines("""
        baseline*, compared to, compared with, compared against, compare against, compare to, compare with
        comparison with, comparison to, measured against, benchmark*, heuristic, heuristics, simple rule
        simple rules, rule based, simple rule based, majority class, most frequent class, up from, down from
        previous system, previous model, previous version, old system, old model, old version, existing system
        existing model, status quo, control group, control arm, naive approach, naive model, simplest model
        simplest version, simplest thing, simple model, current system, current process, manual process
        before and after, doing nothing, do nothing, against the old, than the old, than before, than random
        random guess, human performance, what they do today
    """),
    "failure": _lines("""
        failed, fails, fail, failing, failure, failures, broke, broken, breaks, break when, crash*, went wrong
        go wrong, goes wrong, did not work, does not work, not working, mistake, mistakes, mistaken, bug, bugs
        outage, outages, incident, incidents, went down, fell over, fell apart, rolled back, roll back, timed out
        underestimated, overestimated, misjudged, collapsed, degraded, degrade*, disaster, blew up, corrupted
        hallucinat*, wrong answer, wrong answers, got it wrong, was wrong, were wrong, is wrong, lost data, lost the
        lost two, lost a, missed the deadline, missed our, postmortem, post mortem, regressed, got worse, worse than
        stopped working, falls back, silently, leaked, stale, broke down
    """),
    "scale": _lines("""
        scale, scaled, scales, scaling, scalab*, qps, rps, requests per second, queries per second, throughput
        under load, peak load, heavy load, more load, the load, at peak, peak traffic, traffic, million, millions
        billion, billions, growth, grew to, grew from, growing, ten times, tenfold, terabyte*, petabyte*, gigabyte*
        concurrent, concurrency, volume, volumes, shard*, horizontal*, hot spot, hotspot, queue depth, autoscal*
        capacity, bottleneck*, rate limit*, per day, per second, per minute, per hour, a day
    """),
    "mechanism": _lines("""
        which means, that means, meaning that, this means, which lets, which let, which allow*, works by
        in order to, that way, which causes, this causes, caused by, leads to, led to, due to, under the hood
        the way it works, which is why, that is why, it works because, because each, because if, which made
        which makes, which forces, forces the, depends on, is computed, are computed, is trained on, trained on
        splits the, maps each, is stored, are stored, then the, reads the, writes to, calls the, passes the
        goes through, as long as, whenever, each time, every time, step by step, so the, so it, so they, so each
        so a, so an, so there, is how, because every, because only, then it, then they
    """),
    "result": _lines("""
        result was, results were, the result, as a result, resulted in, reduced, increased, improved, dropped, cut
        saved, shipped, launched, went live, in production, into production, ended up, outcome, which gave, we got
        i got, won, achieved, adopted, doubled, tripled, halved, went from, grew from, rose to, rose from, fell to
        fell from, fell by, rose by, signed, renewed, delivered, deployed, came out, paid off, solved, fixed
        finished, completed, succeeded, raised, gained, passed, got promoted, was accepted, were able to
        was able to, in the end, turned out, closed the, now use it, now uses, still in use, still runs
    """),
    "time-frame": _lines("""
        overnight, yesterday, last week, last month, last year, last spring, last summer, last autumn, last fall
        last winter, last quarter, this week, next week, within a week, within a day, within days, within weeks
        a week, a month, a year, a day, an hour, an afternoon, a weekend, the weekend, weekend, same day
        the same week, by monday, by tuesday, by wednesday, by thursday, by friday, on monday, on friday
        that friday, that week, that night, few days, few weeks, few months, few hours, few years, couple of days
        couple of weeks, couple of months, couple of hours, couple of years, first week, first month, first day
        day one, week one, week two, deadline, sprint, every week, every day, every month, every night, half a day
        half a year, half an hour, two weeks, three weeks, two months, three months, two years, three years
        two days, three days, six months, six weeks, four weeks, one week, one day, one month, one year
        over the summer, in january, in february, in march, in april, in may, in june, in july, in august
        in september, in october, in november, in december
    """),
    "reason": _lines("""
        because, so that, the reason, reason was, reason is, reasons, reason for, in order to, that is why
        which is why, due to, to avoid, so we, so i, since we, since i, since the, since it, since our, since they
        since there, therefore, given that, otherwise, as we had, as it was, or else, meant that, means that
        the point was, my thinking was, why i, why we, thus
    """),
    "trade-off": _lines("""
        trade off, trade offs, traded, trading, at the cost of, at the expense, in exchange, downside*, drawback*
        cost us, costs us, gave up, giving up, give up, sacrific*, worth it, worth the, not worth, pros and cons
        pro and con, slower but, cheaper but, more expensive, but slower, but cheaper, but it costs, but it cost
        compromise*, the catch, accepted the, accepted a, accept the, accept a, accept that, lose some, lost some
        in return, the price was, the price is, price we paid, balance between, balancing, on the other hand
        cut corners, cut scope, at some cost, would cost
    """),
    "reflection": _lines("""
        i learned, i learnt, we learned, we learnt, i have learned, learned that, learnt that, learned to always
        what i learned, lesson, lessons, in hindsight, hindsight, looking back, next time, do differently
        done differently, do it differently, since then i, since then we, now i always, now we always, i should have
        we should have, i wish i, i wish we, do it again, did it again, taught me, taught us, i realised, i realized
        we realised, we realized, made me realise, made me realize, regret*, takeaway*, changed how, changed the way
        changed my, ever since, i would now, i now ask, i now write, i now start, experience taught, made me think
        opened my eyes, from then on, i no longer, since then, a rule i, my rule, made it a rule, the rule since
        these days i, from that day, after that summer, after that i always
    """),
    "honesty": _lines("""
        i do not know, i am not sure, i was not sure, i am not certain, i have not, i have never, i never did
        i had never, my mistake, i was wrong, we were wrong, my fault, i can not claim, i have no experience
        no experience with, limited experience, i would have to look, i would need to check, i would have to check
        i got it wrong, i got that wrong, i missed, i do not have, we do not know, we did not measure
        we never measured, i did not measure, we did not know, i did not know, i did not have, i may be wrong
        i might be wrong, i could be wrong, i admit, i admitted, i have to admit, i underestimated, i overestimated
        i failed, i misjudged, my guess, i would guess, i am guessing, not my strength, my weakness, i am weak
        outside my, beyond my, not an expert, i can not recall, i do not remember, i would have to read, to my shame
        i should have, we should have, i only know, i have only, i only did, not me, was not mine, was not my work
        i can not say, do not have evidence, is a guess, was a guess, i overlooked, i forgot, i broke, i caused
    """),
    "example": _lines("""
        for example, for instance, e g, such as, one time, one case, a case where, the case of, there was a
        a time when, in one project, in my last, in my previous, at my last, at my previous, at my first
        at my current, in my current, in my first job, in my first role, one customer, one user, one client
        one of our, one of my, a customer who, a user who, a colleague who, a case in point, take the
        concrete example, an example, my example, once had, once we, once i, i once, we once, when i was
        when i worked, while i was, back when, i remember, recently i, last job, last role, my internship, my thesis
    """),
    "people": _lines("""
        team, teams, teammate*, manager*, colleague*, coworker*, co worker*, customer, customers, client, clients
        stakeholder*, engineer, engineers, designer*, pm, product manager, ceo, cto, founder, founders, reviewer*
        annotator*, intern, interns, mentor*, boss, sales, lawyer, lawyers, friend, friends, professor, classmate*
        analyst*, doctor*, nurse*, labeller*, labeler*, researcher*, director, developer*, head of, a junior
        the junior, users told, user told, talked to users, talked to a user, supervisor*, employee*, group
        department*, marketing, neighbour*, clerk*, nurse, driver, drivers, partner, partners, expert, experts
        together with, them to, asked them, told them, she said, he said
    """),
    "plan": _lines("""
        first i, first we, first step, first thing, first week, next i, next we, after that, finally, secondly
        thirdly, step one, step two, day one, week one, week two, second week, start by, start with, starting with
        begin by, begin with, before that, then i, then we, then the, once that, afterwards, next step
        the second step, the last step, my plan, the plan, i would start, i would first, i would then, and then
        followed by, phase one, phase two, by the end of, to begin, in parallel, next would be, lastly, first of all
        second i, third i, only then
    """),
    "clarifying-question": _lines("""
        before i answer, can i ask, could i ask, may i ask, i would first ask, i would ask whether, i would ask what
        i would ask who, i would ask how, i would ask which, let me clarify, i would clarify, clarify what
        clarifying question*, clarify the, can i assume, should i assume, do you mean, i would want to know
        i would need to know, first question is, my first question, question back, depends on whether
        is it fair to assume, i am assuming, i will assume, i would assume, let me check
    """),
}
"""Signal -> phrases. `number` and `own-part` are told by rules of their own (`figures`, `agency`)."""

NOT_SHOWN_BY: dict[Signal, tuple[str, ...]] = {
    "alternative": _lines("no alternative*, no other option, only option, no other way, either way, no options"),
    "baseline": _lines("no baseline*, without a baseline, without baseline*"),
    "failure": _lines("""
        something is wrong, what is wrong, nothing is wrong, anything is wrong, is wrong with me
        logistic regression, linear regression, error analysis, fail safe, failover, never fail*, nothing broke
        nothing failed, no failure*, no bugs, no incidents, no outages, nothing went wrong, without fail
        break down the, break it down, without breaking, fault tolerant, failure is not, did not fail, coffee break
        lunch break, no mistakes, break even, break the problem
    """),
    "scale": _lines("""
        scale of one, on a scale, scale from, standard scaler, feature scaling, scaled the features, min max scaling
        likert scale, economies of scale, business growth, personal growth, growth mindset, career growth
        my growth
    """),
    "mechanism": _lines("just because, not because, depends on the situation, depends on what you, it depends on many"),
    "result": _lines("""
        would have reduced, would have improved, clear cut, cut off, could have improved, could be improved
        should be improved, would be improved, have improved my, as a result of, cut corners, solved problems
        passed away, fixed mindset, fixed size, raised concern*, raised the concern, raised my concern*
        raised the issue, search result*, no result*, i got to, we got to, i got the, passed the
    """),
    "time-frame": _lines(
        "at the same time, at a time, one day i hope, some day, these days, the day to day, day to day"
    ),
    "reason": _lines("just because, not because, no reason, for no reason, so we all, so i think, so i believe"),
    "trade-off": _lines("traded emails, trading card*, trading platform, stock trading, never give up, not give up"),
    "reflection": _lines("""
        we should have a, we should have the, we should have an, we should have to, we should have some
        we should have more, we should have all, we should have good, we should have one, i should have a
        i should have the, i should have to, machine learned, learned representation*, learned embedding*
        learned weights, model learned, learned embeddings, no regret*, lessons plan, lesson plan*, i do not regret
    """),
    "honesty": _lines("""
        i should have a, i should have the, i should have to, we should have a, we should have the
        we should have an, we should have to, we should have some, we should have more, we should have all
        we should have good, we should have one, i have not only, i have never failed, i have never been wrong
        i am not sure anyone, i have never missed, i have not failed, not sure if you, i can not recommend
        i can not stress, i can not imagine, i can not wait, i do not have any weakness*, i do not have to
        i do not have weakness*, i missed nothing, i have never had a problem, i have never made a mistake
        i have never met
    """),
    "example": _lines("no example*, i can not think of an example, can not give an example, don't have an example"),
    "people": _lines(
        "no team, client side, user interface, pm on, at 3 pm, sales pitch, head of the queue, customer id"
    ),
    "plan": _lines("no plan*, without a plan, then again, the plan was wrong"),
}
"""Phrases that hold the words of a signal without showing it; what they cover does not count."""
