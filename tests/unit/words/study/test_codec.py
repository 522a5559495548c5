"""Acts as JSON and back."""

import json

import pytest
from tests.unit.words.study.day import fifty

from canvass.words.study import codec


def test_every_act_comes_back_as_it_was():
    for _who, act in fifty():
        said = json.loads(json.dumps(codec.dump(act)))

        assert codec.restore(codec.kind_of(act), said) == act


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("dance", {}, "no act is called 'dance'"),
        ("mark_read", {"answer": "a1", "colour": "red"}, "mark_read"),
        ("make_node", {"node": "a", "level": "branch", "name": "x"}, "branch"),
    ],
)
def test_what_is_unknown_is_refused(kind, said, sentence):
    with pytest.raises(ValueError, match=sentence):
        codec.restore(kind, said)
