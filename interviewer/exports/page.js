"use strict";
// Plays the interview that the page holds. Everything it needs stands in the list of passages; nothing is fetched.
(() => {
  const passages = [...document.querySelectorAll(".passage")];
  const player = document.getElementById("player");
  if (!passages.length || !player) return;

  const part = (id) => document.getElementById(id);
  const [play, head, speed, clock, live] = ["play", "head", "speed", "clock", "live"].map(part);
  const times = passages.map((one) => Number(one.dataset.clock));
  const end = Number(head.max);
  const turns = indices((one) => one.matches(".interviewer, .candidate"));
  const questions = indices((one) => one.dataset.question);
  const weak = indices((one) => one.dataset.weak !== undefined);
  const MARGIN = 16; // pixels kept free around the passage that is played
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");

  let now = end; // seconds on the interview clock
  let shown = passages.length; // so many passages are on the page
  let last = null; // when the clock was moved last; null while it stands

  function indices(wanted) {
    return passages.flatMap((one, place) => (wanted(one) ? [place] : []));
  }

  function told(seconds) {
    const whole = Math.round(seconds);
    const pair = (value) => String(value).padStart(2, "0");
    const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
    return hours ? `${hours}:${pair(minutes)}:${pair(rest)}` : `${minutes}:${pair(rest)}`;
  }

  function until(count, seconds, follow) {
    now = Math.min(end, Math.max(0, seconds));
    shown = count;
    passages.forEach((one, place) => {
      one.hidden = place >= count;
      one.classList.toggle("now", place === count - 1);
    });
    head.value = now;
    head.setAttribute("aria-valuetext", told(now));
    clock.textContent = told(now);
    const current = passages[count - 1];
    if (follow && current) {
      reveal(current);
      if (current.dataset.by) live.textContent = `${current.dataset.by}: ${current.querySelector(".said").textContent}`;
    }
  }

  // Brings a passage above the player; of one that is taller than the space there, its beginning.
  function reveal(passage) {
    const place = passage.getBoundingClientRect();
    const room = player.getBoundingClientRect().top - 2 * MARGIN;
    if (place.top >= MARGIN && place.bottom <= room + MARGIN) return;
    const by = place.height > room ? place.top - MARGIN : place.bottom - room - MARGIN;
    const fast = still.matches || Number(speed.value) > 4;
    window.scrollBy({ top: by, behavior: fast ? "instant" : "smooth" });
  }

  const countAt = (seconds) => times.filter((time) => time <= seconds).length;

  function seek(seconds, follow) {
    const count = countAt(seconds);
    until(count, seconds, follow && count !== shown);
  }

  function show(place) {
    begin();
    until(place + 1, times[place], true);
  }

  function begin() {
    document.body.classList.add("playing");
  }

  function pause() {
    last = null;
    play.textContent = "Play";
  }

  function run() {
    if (last !== null) return pause();
    begin();
    if (now >= end) seek(0, true);
    last = performance.now();
    play.textContent = "Pause";
    requestAnimationFrame(tick);
  }

  function tick(time) {
    if (last === null) return;
    const passed = (Math.max(0, time - last) / 1000) * Number(speed.value);
    last = time;
    seek(now + passed, true);
    if (now >= end) return pause();
    requestAnimationFrame(tick);
  }

  function jump(places, direction) {
    const here = shown - 1;
    const playing = document.body.classList.contains("playing");
    const next = direction > 0
      ? places.find((place) => !playing || place > here)
      : places.findLast((place) => place < here);
    if (next !== undefined) show(next);
  }

  function everything() {
    pause();
    document.body.classList.remove("playing");
    until(passages.length, end, false);
    passages.at(-1).classList.remove("now");
  }

  const actions = {
    play: run,
    back: () => jump(turns, -1),
    forward: () => jump(turns, 1),
    question: () => jump(questions, 1),
    weak: () => jump(weak, 1),
    all: everything,
  };
  for (const [id, action] of Object.entries(actions)) part(id).addEventListener("click", action);
  part("question").disabled = !questions.length;
  part("weak").disabled = !weak.length;
  head.addEventListener("input", () => {
    begin();
    seek(Number(head.value), true);
  });

  const keys = {
    " ": run,
    ArrowLeft: actions.back,
    ArrowRight: actions.forward,
    q: actions.question,
    Q: () => jump(questions, -1),
    w: actions.weak,
    W: () => jump(weak, -1),
    Escape: everything,
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select") && event.key !== "Escape") return;
    if (event.target.closest("button, summary, a") && event.key === " ") return;
    const action = keys[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // A link to a passage that is not shown yet shows it first.
  window.addEventListener("hashchange", () => {
    const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const place = passages.indexOf(wanted);
    if (place >= shown) show(place);
  });

  // On paper everything stands open.
  window.addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details")) one.open = true;
  });

  player.hidden = false;
  document.body.classList.add("with-player");
  until(passages.length, end, false);
  passages.at(-1).classList.remove("now");
})();
