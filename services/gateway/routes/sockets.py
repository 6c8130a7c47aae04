"""Where the live sockets come in."""

from fastapi import APIRouter
from starlette.websockets import WebSocket

from services.gateway.agent_socket import serve_agent
from services.gateway.dependencies import TheGateway
from services.gateway.visitor_socket import serve_visitor

router = APIRouter()


@router.websocket("/api/live")
async def agent(websocket: WebSocket, gateway: TheGateway) -> None:
    """A colleague's console."""
    await serve_agent(websocket, gateway)


@router.websocket("/api/widget/live")
async def visitor(websocket: WebSocket, gateway: TheGateway) -> None:
    """A visitor's widget."""
    await serve_visitor(websocket, gateway)
