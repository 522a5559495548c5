"""`canvass poll check` and the one door of the command line."""

import subprocess
import sys

import pytest

from canvass.cli.main import main

GOOD = """\
poll: p
title: T
category: c
items:
  - {id: q, kind: single, text: Have you?, options: ["yes", "no"]}
  - {id: why, kind: text, text: Why?, ask_if: 'q == "yes"'}
"""


@pytest.fixture
def canvass(capsys, tmp_path, monkeypatch):
    """Run a command in an empty folder; returns exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        return end.value.code, *capsys.readouterr()

    return run


def test_a_good_poll_file_prints_its_items_and_what_it_takes(canvass, tmp_path):
    (tmp_path / "poll.yaml").write_text(GOOD)

    code, out, err = canvass("poll", "check", "poll.yaml")

    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "1. q (single): Have you?",
        "2. why (text): Why?",
        "   Asked of those who answered “yes” to “Have you?”.",
        "About 31 seconds and 5 taps for somebody who is asked everything.",
    ]


def test_a_faulty_poll_file_prints_each_fault_with_its_place(canvass, tmp_path):
    (tmp_path / "poll.yaml").write_text(GOOD.replace("single", "singel").replace("title", "titel"))

    code, out, err = canvass("poll", "check", "poll.yaml")

    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "poll.yaml:1: title is missing. Add title.",
        'poll.yaml:2: "titel" is not a key here. Did you mean "title"?',
        'poll.yaml:5: item q: There is no kind "singel". Did you mean "single"?',
        "poll.yaml:6: item why: ask_if names q, which has faults of its own. Mend q first.",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("poll", "check", "none.yaml"),
            "none.yaml: cannot be read (No such file or directory). Check the name.",
        ),
        (("poll", "check"), "Missing argument 'FILE'. See canvass poll check --help."),
        (("poll", "chek"), "No such command 'chek'. Did you mean 'check'? See canvass poll --help."),
        (("pol",), "No such command 'pol'. Did you mean 'poll'? See canvass --help."),
        (("--today", "2026-01-01", "poll"), "--today works with canvass demo alone. Leave it out."),
    ],
)
def test_bad_input_is_one_sentence_on_stderr(canvass, arguments, sentence):
    assert canvass(*arguments) == (2, "", sentence + "\n")


@pytest.mark.parametrize("arguments", [(), ("poll",), ("poll", "check")])
def test_help_has_an_example(canvass, arguments):
    code, out, _ = canvass(*arguments, "--help")

    assert code == 0
    assert "Example: canvass" in out


def test_an_interrupted_command_exits_with_130(canvass, tmp_path, monkeypatch):
    def interrupted(*_arguments, **_options):
        raise KeyboardInterrupt

    monkeypatch.setattr("canvass.instrument.load", interrupted)
    (tmp_path / "poll.yaml").write_text(GOOD)

    code, _, err = canvass("poll", "check", "poll.yaml")

    assert (code, err.strip()) == (130, "Stopped; nothing was left half done.")


def test_checking_a_poll_does_not_wait_for_django(tmp_path):
    (tmp_path / "poll.yaml").write_text(GOOD)
    script = (
        "import sys; from canvass.cli.main import canvass;"
        "canvass(['poll', 'check', 'poll.yaml'], standalone_mode=False); sys.exit('django' in sys.modules)"
    )

    ended = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, check=False)

    assert ended.returncode == 0


def test_pictures_that_are_not_beside_the_file_or_are_none_are_faults(canvass, tmp_path):
    shown = GOOD.replace("kind: single", "kind: single, picture: {file: a.png, alt: A}")
    (tmp_path / "poll.yaml").write_text(f"# a.png is a drawing\n{shown}")
    missing = canvass("poll", "check", "poll.yaml")
    (tmp_path / "a.png").write_bytes(b"<script>")
    wrong = canvass("poll", "check", "poll.yaml")

    assert missing == (
        2,
        "",
        "poll.yaml:6: item q: The picture a.png is not there. Add the picture file under this name.\n",
    )
    assert (wrong[0], "not a PNG, JPEG, GIF or WebP" in wrong[2]) == (2, True)
