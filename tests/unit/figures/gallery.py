"""All specimens by name: what every figure has to hold is tested on each of them."""

import specimens
import specimens_waves

SPECIMENS = specimens.SPECIMENS | specimens_waves.SPECIMENS
