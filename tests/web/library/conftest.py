from tests.unit.library.conftest import (  # noqa: F401
    answered,
    counted,
    january,
    no_files_left,
    published,
    published_january,
)
from tests.unit.polls.conftest import ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401
