from tests.unit.analysis.conftest import answered, counted, january, no_files_left  # noqa: F401
from tests.unit.polls.conftest import ann, panel, picture_home, poll  # noqa: F401
from tests.web.polls.conftest import as_role, desk, noon  # noqa: F401
