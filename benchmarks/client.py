"""A small HTTP load generator, run as a process of its own: bounded in count, loopback only."""

import asyncio
import json
import sys
import time


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    )
    await reader.readexactly(length)
    return int(head[9:12])


async def _client(port: int, request: bytes, count: int, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(count):
        start = time.perf_counter()
        status = await _ask(reader, writer, request)
        times.append(time.perf_counter() - start)
        if status != 200:
            raise SystemExit(f"{request.split()[1].decode()} answered {status}")
    writer.close()


async def _run(port: int, path: str, cookie: str, clients: int, count: int) -> dict[str, float]:
    header = f"Cookie: {cookie}\r\n" if cookie else ""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{header}\r\n".encode()
    times: list[float] = []
    start = time.perf_counter()
    await asyncio.gather(*(_client(port, request, count // clients, times) for _ in range(clients)))
    total = time.perf_counter() - start
    times.sort()
    return {"rate": len(times) / total, "median_ms": 1000 * times[len(times) // 2]}


if __name__ == "__main__":
    port, path, cookie, clients, count = sys.argv[1:6]
    print(json.dumps(asyncio.run(_run(int(port), path, cookie, int(clients), int(count)))))
