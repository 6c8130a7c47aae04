"""Bare reader: one primary-key read over FastAPI and asyncpg. What answering from a read model costs at least."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import uvicorn
from fastapi import FastAPI, Response

ROWS = 100_000
TABLE = """
drop schema if exists bare_views cascade; create schema bare_views;
create table bare_views.rows (id int primary key, body jsonb not null);
"""
FILL = "insert into bare_views.rows select n, jsonb_build_object('n', n) from generate_series(1, $1::int) n"


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    pool = await asyncpg.create_pool(os.environ["BARE_DATABASE_URL"], min_size=2, max_size=10)
    await pool.execute(TABLE)
    await pool.execute(FILL, ROWS)
    app.state.pool = pool
    yield
    await pool.close()


app = FastAPI(lifespan=lifespan)


@app.get("/rows/{number}")
async def row(number: int) -> Response:
    body = await app.state.pool.fetchval("select body::text from bare_views.rows where id = $1", number)
    return Response(body, media_type="application/json")


if __name__ == "__main__":
    uvicorn.run(
        app, port=int(os.environ["BARE_PORT"]), log_level="warning", access_log=False, timeout_keep_alive=600
    )  # fmt: skip
