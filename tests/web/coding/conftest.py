from tests.unit.coding.conftest import studied, written  # noqa: F401
from tests.web.analysis.conftest import (  # noqa: F401
    ann,
    answered,
    as_role,
    counted,
    desk,
    fields,
    january,
    lopsided,
    no_files_left,
    noon,
    panel,
    picture_home,
    poll,
)
