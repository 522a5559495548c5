"""All specimens by name, each made once: what every figure has to hold is tested on each of them."""

from functools import cache

import specimens
import specimens_groups
import specimens_people
import specimens_waves

MODULES = (specimens, specimens_waves, specimens_groups, specimens_people)
SPECIMENS = {name: cache(make) for module in MODULES for name, make in module.SPECIMENS.items()}
