"""Whether this gateway is alive and can work; reasons are told on the operators' port only."""

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.http.answering import Json
from services.gateway.http.dependencies import TheGateway

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def alive() -> Response:
    """It runs."""
    return Json({"alive": True})


@router.get("/readyz")
async def ready(gateway: TheGateway) -> Response:
    """It can serve people."""
    well = not await gateway.parts.health.complaints() and gateway.follower.knows
    return Json({"ready": well}, status_code=200 if well else 503)
