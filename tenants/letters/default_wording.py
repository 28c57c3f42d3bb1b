"""The project's own wording of the usual letters, to start from."""

from __future__ import annotations

from dataclasses import dataclass

from .models import LetterTemplate

Purpose = LetterTemplate.Purpose


@dataclass(frozen=True)
class Wording:
    name: str
    purpose: str
    subject: str
    body: str


INTRODUCTION = Wording(
    name="Introducing your patch officer",
    purpose=Purpose.INTRODUCTION,
    subject="Your patch officer is ((officer name))",
    body="""\
Your home is one of about 300 that we look after together as a patch. Each patch has \
one officer who knows the area and the people who live there.

Your patch officer is **((officer name))**, ((officer job title)).

# What ((officer name)) can help with

* Your tenancy and your home
* Problems with noise, nuisance or safety where you live
* Estates, stairwells and shared spaces
* Finding the right person for anything else

# How to get in touch

((officer phone known??You can call or write to your officer directly. The number and \
address are at the end of this letter.))

If your officer is away, a colleague answers for them.

((cover??This is so now: your own officer is away for a short time, and we will write \
to you when they are back.))

You do not need to do anything now. Please keep this letter somewhere handy.
""",
)

CHANGE = Wording(
    name="Your patch officer has changed",
    purpose=Purpose.CHANGE,
    subject="You have a new patch officer: ((officer name))",
    body="""\
From ((answering since)) your patch officer is **((officer name))**, \
((officer job title)).

# What this means for you

* Call or write to ((officer name)) instead of your last patch officer
* Anything you have already asked us about carries on; you do not need to ask again
* Your tenancy, your rent and your repairs do not change

If you have a question about the change, ((officer name)) can help.
""",
)

COVER = Wording(
    name="Cover while your patch officer is away",
    purpose=Purpose.COVER,
    subject="((officer name)) is looking after your patch until ((cover until))",
    body="""\
((officer away)), your patch officer, is away.

Until **((cover until))** please call or write to **((officer name))**, \
((officer job title)), instead.

Anything you have already asked us about carries on. You do not need to ask again.

We will not write again when ((officer away)) is back.
""",
)

VACANCY = Wording(
    name="Your ward team answers for now",
    purpose=Purpose.VACANCY,
    subject="((team name)) is looking after your home for now",
    body="""\
At the moment your patch has no officer of its own. Until it has one, \
**((who answers))** will answer you.

# How to get in touch

The team's number and address are at the end of this letter. Whoever answers can see \
what you have told us before, so you do not need to explain again.

We will write to you as soon as you have a new patch officer.
""",
)

CONTACT = Wording(
    name="How to contact us has changed",
    purpose=Purpose.CONTACT,
    subject="New contact details: ((who answers))",
    body="""\
The details of **((who answers))**, who looks after your patch, have changed.

Please use the telephone number and address at the end of this letter from now on. The \
ones you had before may not reach us any more.

Nothing else changes. Anything you have already asked us about carries on.
""",
)

DEFAULT_WORDING = (INTRODUCTION, CHANGE, COVER, VACANCY, CONTACT)
