"""Words that say nothing of a subject."""

ENGLISH = (
    "a about above after again against all also although always am an and another any anything are "
    "aren't as at be because been before being below between both but by can can't cannot could "
    "couldn't did didn't do does doesn't doing don't done down during each either else enough etc even "
    "ever every everything few for from further get gets getting give given go goes going got had has "
    "hasn't have haven't having he her here hers him his how however i i'd i'll i'm i've if in instead "
    "into is isn't it it's its itself just keep know let like lot lots made make makes making many may "
    "maybe me might mine more most much must my myself need needed needs neither never no nor not "
    "nothing now of off often on once one only or other others our ours out over own per perhaps please "
    "put quite rather really said same say see seem she should so some someone something sometimes "
    "still such take than that that's the their them then there there's these they thing things think "
    "this those though through to too under until up upon us use used using very want was wasn't way we "
    "we're we've well were weren't what when where whether which while who whom why will with within "
    "without won't would wouldn't yes yet you you'd you're your yours "
)
WELSH = (
    "a'r ac am ar at beth bod bydd byth chi dal dan ddim dim dyma efallai ei eich ein eisiau er eu fel "
    "fi fod fy gael gan gyda gyfer hefyd heb hi hwn hyn i'r i'w iawn lle mae mewn mwy mynd na nad neu "
    "ni nid o oedd oes ohono ond os pan pob rhai roedd sut sy sydd trwy un wedi y y'n yma yn yna ynghyd "
    "yr ydw yw "
)
SMALL_WORDS = frozenset((ENGLISH + WELSH).split())
