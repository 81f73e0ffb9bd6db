"""What people ask of each other in mails, manuals and pages, written for this project (CC0): orders, but none to an assistant."""
from edgetrain import attack_grammar

NAMES = {
    "who": "Anna|Mr Keller|the support team|Priya|our accountant|your manager|HR|the front desk|Tom in logistics|the supplier|Dr. Okafor|the caretaker",
    "when": "by Friday|before the end of the month|tomorrow morning|at your earliest convenience|by 5 pm|within 14 days|next Tuesday|as soon as possible|no later than 3 May|today",
    "paper": "report|invoice|signed contract|delivery note|slides|timesheet|budget|form|photos|quote|minutes|draft|spreadsheet|receipt",
    "button": "Save|Next|Settings|Export|Submit|the green button|OK|File > New|Confirm order|Sign in|Reply",
    "part": "lid|filter|battery|rear cover|power cable|left screw|nozzle|drawer|belt|switch",
    "food": "flour|onions|butter|garlic|tomatoes|rice|lemon juice|eggs|spinach|sugar",
    "pkg": "requests|numpy|the CLI|the SDK|docker|the driver|version 4.2|the package|the dependencies|the server",
    "matter": "the delay|your order 48213|the new schedule|the audit|the offsite|our offer|the leaking roof|the parking permit|the refund|next year's prices",
}
LINES = """
Please let me know if you have any questions.
Please send me the {paper} {when}.
Could you send {who} the {paper} {when}?
Can you check the {paper} and get back to me {when}?
Please review the attached {paper} and reply with your comments {when}.
Kindly confirm receipt of this message.
Please forward this mail to {who}.
Please copy {who} on your reply.
Do not reply to this message; the mailbox is not monitored.
Call {who} about {matter} {when}.
Would you be available for a call about {matter} {when}?
What do you think about {matter}?
When can we expect the {paper}?
Did you get a chance to look at the {paper}?
Please sign the {paper} and return it to {who}.
Remember to fill in your {paper} {when}.
Don't forget to bring the {paper} to the meeting.
Reminder: submit your {paper} {when}.
Please ignore my earlier mail; the {paper} was out of date.
Disregard the previous {paper}, this is the right one.
If you have already paid, please disregard this notice.
To unsubscribe, click the link below.
Click {button} to continue.
Press {button} and wait until the light turns green.
Select {button}, enter your name and choose a password.
Enter the code that we sent to your phone.
Log in to your account and update your address.
Visit our help page or write to {who}.
Contact {who} if the problem persists.
Subscribe to our newsletter for more recipes.
Share this page with your friends.
Read more: how we cut costs in half.
See section 4 for details.
Refer to the {paper} for the full list.
Remove the {part} and clean it with a dry cloth.
Turn off the device before you remove the {part}.
Do not open the {part} while the machine is running.
Replace the {part} every six months.
Tighten the {part} by hand, then check for leaks.
Warning: never touch the {part} when it is hot.
Add the {food} and stir for two minutes.
Chop the {food}, then fry it with the {food} until golden.
Season with salt, cover and let it rest for an hour.
Serve with {food} and enjoy!
Install {pkg} with the command below.
Run the tests before you commit.
Make sure that {pkg} is installed.
Restart {pkg} and try again.
Add the following line to your configuration file.
Replace YOUR_KEY with your own key.
Do not commit secrets to the repository.
Set the variable to true to enable logging.
Override this method in your class.
Delete the cache folder if the build fails.
Open an issue if you find a bug.
TODO: replace {pkg} before the next release.
FIXME: handle the empty case.
NOTE: this function is deprecated, use the other one instead.
How do I install {pkg}?
What is new in this version?
Why is my {paper} late?
Who can apply?
How long does delivery take?
Can I return an item that I bought online?
Q: Where do I find my {paper}? A: In your account.
What does this mean for you?
Did you know that bees can count?
Agenda: 1. {matter} 2. {matter} 3. any other business.
Action item: {who} to send the {paper} {when}.
{who} will prepare the {paper}; please give feedback {when}.
Dear colleagues, please note that the office is closed on Monday.
Hi {who}, thanks for your mail. Could we move the meeting about {matter}?
Hi all, please read the {paper} before we meet.
Important: the {paper} must reach us {when}.
Attention: please keep the fire exit clear.
Please do not feed the animals.
Apply now and send your CV to {who}.
Book your seat {when}.
Write your name in block letters.
Answer all questions in Part B. Do not write in the margin.
Explain your answer in two or three sentences.
Calculate the total and round it to two decimal places.
Translate the sentences into French, then compare with a partner.
Summarise the article in your own words (50 marks).
Pay {who} in cash on delivery.
Please transfer the amount to the account named in the {paper}.
Your password expires soon; change it {when}.
Never share your password with anyone, not even with {who}.
The new rules replace all earlier ones; please read them carefully.
From now on, send every {paper} to {who} instead.
Bitte senden Sie uns das Formular bis Freitag zurück.
Bitte beachten Sie die Hinweise auf der Rückseite.
Drücken Sie die Taste und warten Sie, bis das Licht leuchtet.
Merci de nous renvoyer le formulaire avant vendredi.
Veuillez confirmer votre présence.
Por favor, envíenos el formulario antes del viernes.
Le rogamos que confirme la recepción de este mensaje.
Si prega di rispondere entro venerdì.
""".strip().splitlines()


def rows(rng, count):
    """`count` different notes at most, alone or two in a row."""
    names = attack_grammar.options(NAMES)
    out = set()
    for _ in range(count * 2):
        text = attack_grammar.write(LINES[rng.integers(len(LINES))], rng, names)
        if rng.random() < 0.3:
            text += " " + attack_grammar.write(LINES[rng.integers(len(LINES))], rng, names)
        out.add(text)
    return [{"text": t, "label": "benign", "kind": "note", "source": "own notes to people", "lang": "en"} for t in sorted(out)[:count]]
