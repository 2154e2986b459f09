"""What the screens need: `python -m bench.screens`.

Holds an interview with as many turns as an hour has, on the real screens in a pseudo-terminal, and
prints the peak memory of the process (aim: under 100 MB) next to that of a bare Textual app, and the
CPU time of one turn with all its drawing.
"""

from __future__ import annotations

import os
import pty
import select
import struct
import sys
import tempfile
import termios
import time
from fcntl import ioctl
from pathlib import Path

from bench.turn import ANSWER

HERE = Path(__file__).resolve().parent
TURNS = 50
"""Answers in an hour of interview: 60 minutes at little more than one minute each."""

SEND = b"\x13"
PASTE = b"\x1b[200~%s\x1b[201~"


class Terminal:
    """A program in a pseudo-terminal of 120x40."""

    def __init__(self, command: list[str], home: str) -> None:
        environment = os.environ | {
            "TERM": "xterm-256color",
            "INTERVIEWER_CONFIG_DIR": home,
            "INTERVIEWER_TRANSCRIPTS": home,
            "INTERVIEWER_ENGINE": "offline",
            "INTERVIEWER_PACE": "0",
        }
        self.child, self.file = pty.fork()
        if self.child == 0:
            os.execvpe(command[0], command, environment)
        ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))

    def watch(self, seconds: float) -> bytes:
        """Lets the program run, taking what it draws."""
        seen = b""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            ready, _, _ = select.select([self.file], [], [], left)
            if ready:
                seen += os.read(self.file, 1 << 16)
        return seen

    def press(self, keys: bytes) -> None:
        """Types."""
        os.write(self.file, keys)

    def status(self, field: str) -> int:
        """A figure of the process in kB, such as its peak memory (VmHWM)."""
        for line in Path(f"/proc/{self.child}/status").read_text().splitlines():
            if line.startswith(field):
                return int(line.split()[1])
        return 0

    def cpu(self) -> float:
        """CPU seconds that the process has used."""
        fields = Path(f"/proc/{self.child}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def end(self) -> None:
        """Stops the program."""
        os.kill(self.child, 9)
        os.waitpid(self.child, 0)
        os.close(self.file)


def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory() as home:
        bare = Terminal([sys.executable, str(HERE / "bare_home.py")], home)
        bare.watch(2)
        print(f"bare Textual app      {bare.status('VmHWM') / 1024:5.0f} MB")
        bare.end()
        program = str(Path(sys.executable).parent / "interviewer")
        terminal = Terminal([program, "interview", "big-tech-bar-raiser", "--seed", "1"], home)
        terminal.watch(3)
        terminal.press(SEND)
        terminal.watch(3)
        before = terminal.cpu()
        for number in range(TURNS):
            terminal.press(PASTE % ANSWER.format(number=number + 3).encode())
            terminal.watch(0.3)
            terminal.press(SEND)
            terminal.watch(0.7)
        spent = (terminal.cpu() - before) / TURNS * 1000
        peak = terminal.status("VmHWM") / 1024
        print(f"one hour of interview {peak:5.0f} MB, {spent:.0f} ms CPU a turn with drawing")
        terminal.end()
        (transcript,) = Path(home).glob("*.jsonl")
        turns = sum(1 for line in transcript.read_text().splitlines() if '"type":"answer"' in line[:400])
        print(f"({turns} answers in the transcript)")


if __name__ == "__main__":
    main()
