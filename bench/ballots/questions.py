"""The ten-question poll that every contestant serves, and the answers that every voter gives."""

TEXT = "What one change would help you most in your work?"
LABELS = ("Every week", "Once a fortnight", "Once a month", "At least once every three months", "Never")
SINGLES = (
    "How often do you work beyond your hours?",
    "How often do you take your lunch break?",
    "How often does your supervisor see you alone?",
    "How often do you visit families in the evening?",
    "How often do you write reports at home?",
    "How often is a colleague missing from your team?",
    "How often do you have to cancel training?",
    "How often do you feel that you did your job well?",
)
ANSWERS = {
    **{f"q{n}": str(n % 5) for n in range(1, 9)},
    "q9": "7",
    "q10": "More time with families, fewer forms",
}
COUNT = 10


def poll_file(layout: str) -> str:
    options = ", ".join(LABELS)
    singles = "".join(
        f"  - {{id: q{n}, kind: single, text: '{text}', options: [{options}]}}\n"
        for n, text in enumerate(SINGLES, 1)
    )
    return (
        f"poll: bench-{layout.replace('_', '-')}\nlayout: {layout}\n"
        "title: Working hours\ncategory: practice\n"
        f"intro: Ten questions about your working week.\nitems:\n{singles}"
        "  - {id: q9, kind: rating, text: 'Overall, how satisfied are you with your work?',"
        " scale: {from: 0, to: 10, low: not at all, high: completely}}\n"
        f"  - {{id: q10, kind: text, text: '{TEXT}', max_chars: 2000}}\n"
    )
