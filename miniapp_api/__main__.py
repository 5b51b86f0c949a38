"""`python -m miniapp_api` prints the API's document as it is stored in docs/openapi.json."""

import json
import sys

from miniapp_api import SURFACE
from miniapp_api.document import openapi

declared = tuple(each for surface in SURFACE for each in surface.declarations)
sys.stdout.write(json.dumps(openapi(declared), ensure_ascii=False, indent=1) + "\n")
