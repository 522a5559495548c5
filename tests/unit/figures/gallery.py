"""All specimens by name, each made once: what every figure has to hold is tested on each of them."""

from functools import cache

import specimens
import specimens_groups
import specimens_waves

MAKERS = specimens.SPECIMENS | specimens_waves.SPECIMENS | specimens_groups.SPECIMENS
SPECIMENS = {name: cache(make) for name, make in MAKERS.items()}
