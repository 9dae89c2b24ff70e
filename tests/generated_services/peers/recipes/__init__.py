"""How each peer makes the three entities, as its own documentation says."""

from __future__ import annotations

from tests.generated_services.peers.projects import Peer
from tests.generated_services.peers.recipes.api_logic_server import ApiLogicServer
from tests.generated_services.peers.recipes.fastapi_forge import FastapiForge
from tests.generated_services.peers.recipes.fastapi_template import FastapiTemplate
from tests.generated_services.peers.recipes.fastcrud import Fastcrud
from tests.generated_services.peers.recipes.planthread import Planthread

__all__ = ["PEERS"]

PEERS: tuple[Peer, ...] = (Planthread(), FastapiForge(), FastapiTemplate(), Fastcrud(), ApiLogicServer())
