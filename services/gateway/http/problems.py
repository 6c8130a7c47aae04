"""Refusals as people and programs get them over HTTP: Problem Details (RFC 9457)."""

from typing import Any

import structlog
from asyncpg import CharacterNotInRepertoireError
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from services.gateway.http.pages import nowhere
from shared.contracts.gateway import TooManyTries
from shared.errors import Invalid, NotFound, Problem, Refused, Unavailable
from shared.messages import new_id
from shared.postgres import LOST

log = structlog.get_logger()

KIND = "application/problem+json"
RETRY_SECONDS = 2


class ProblemDetails(Problem):
    """A problem document (RFC 9457)."""

    type: str
    instance: str | None = None


class TooLarge(Refused):
    """This is larger than is taken here."""

    status = 413


def problem_response(problem: Problem, instance: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """The problem, on its way."""
    details = ProblemDetails(type=f"urn:parley:problem:{problem.code}", instance=instance, **problem.model_dump())
    return Response(details.model_dump_json(), problem.status, media_type=KIND, headers=headers)


def refusal_response(refused: Refused) -> Response:
    """A refusal, with when to come back where that is known."""
    problem = refused.problem()
    wait = getattr(refused, "seconds", RETRY_SECONDS if problem.status == Unavailable.status else None)
    return problem_response(problem, headers={"Retry-After": str(wait)} if wait else None)


async def _refused(_request: Request, refused: Any) -> Response:
    return refusal_response(refused)


async def _invalid(_request: Request, wrong: Any) -> Response:
    fault = wrong.errors()[0]
    place = ".".join(str(part) for part in fault["loc"] if part not in {"body", "query", "path"})
    return refusal_response(Invalid(f"{place or 'body'}: {fault['msg']}"))


async def _http(request: Request, wrong: Any) -> Response:
    if wrong.status_code == NotFound.status and "text/html" in request.headers.get("accept", ""):
        return nowhere()
    code = {404: NotFound.code(), 413: TooLarge.code(), 429: TooManyTries.code()}.get(wrong.status_code)
    problem = Problem(code=code or f"http_{wrong.status_code}", status=wrong.status_code, title=str(wrong.detail))
    return problem_response(problem, headers=dict(wrong.headers or {}))


async def _nul(_request: Request, _wrong: Any) -> Response:
    return refusal_response(Invalid("the character NUL cannot be kept"))


async def _away(_request: Request, _lost: Any) -> Response:
    return refusal_response(Unavailable())


async def _unexpected(request: Request, wrong: Any) -> Response:
    """An id to find it in the log, and nothing else."""
    problem_id = new_id()
    log.error("request_failed", problem_id=problem_id, path=request.url.path, exc_info=wrong)
    problem = Problem(
        code="internal_error", status=500, title="Something went wrong on our side.", detail=f"Its number is {problem_id}."
    )
    return problem_response(problem, instance=f"urn:uuid:{problem_id}")


def answer_with_problems(app: FastAPI) -> None:
    """From now on everything that goes wrong is a problem document."""
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    for lost in LOST:
        app.add_exception_handler(lost, _away)
    app.add_exception_handler(CharacterNotInRepertoireError, _nul)
    app.add_exception_handler(Exception, _unexpected)
