from tests.unit.analysis.conftest import (  # noqa: F401
    answered,
    counted,
    fields,
    january,
    lopsided,
    no_files_left,
)
from tests.unit.polls.conftest import ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401
