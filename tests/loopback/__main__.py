"""Runs the server on its own: prints its port and ends when its input does.

python -m tests.loopback [--latency SECONDS] [--per-piece SECONDS] [--port PORT] [--no-key]
                         [--reply MODULE:CLASS] [--batch-takes SECONDS]
"""

from __future__ import annotations

import argparse
import asyncio
import importlib
import sys

from tests.loopback.replies import minimal_reply
from tests.loopback.server import KEY, Loopback, ReplyOf


async def run(arguments: argparse.Namespace) -> None:
    """Serves until the end of input."""
    key = None if arguments.no_key else KEY
    reply = reply_of(arguments.reply) if arguments.reply else minimal_reply
    server = Loopback(reply, key=key, latency=arguments.latency, per_piece=arguments.per_piece)
    server.keep = False
    server.batches.takes = arguments.batch_takes
    await server.start(arguments.port)
    print(server.port, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await server.stop()


def reply_of(name: str) -> ReplyOf:
    """What decides the replies: the class of a module, without arguments."""
    module, _, made = name.partition(":")
    reply: ReplyOf = getattr(importlib.import_module(module), made)()
    return reply


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.loopback", description=__doc__)
    parser.add_argument("--latency", type=float, default=0.0)
    parser.add_argument("--per-piece", type=float, default=0.0)
    parser.add_argument("--batch-takes", type=float, default=0.0)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--reply", metavar="MODULE:CLASS")
    parser.add_argument("--no-key", action="store_true")
    asyncio.run(run(parser.parse_args()))


if __name__ == "__main__":
    main()
