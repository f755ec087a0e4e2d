"""kuaixun (快讯): watches the notice columns of government sites and makes a bulletin of them.

The map, in the order in which a notice walks through the house:

    settings/     sources.yaml, seeds/ and the environment, read once and checked
    schedule      when jobs run (APScheduler); what is due is a column of the database
    jobs/         the shell: check, digest, deliver, publish: order, no opinions
    fetch/        door to the web: guard, politeness, deadline, redirects, retries, judgement
    reader        door to parsing: bytes and a family in, values or a ParseError out
    families/     how each kind of content system lays out lists and notices
    files/        the same for what a person brings: .mht, .docx, .pdf, pasted text
    normalise, fields/   what a notice's text says: number, issuers, dates, deadlines, attachments
    diff, classify/      what changed; which section, and why
    decide/       what is news, when to look again, which days are worked
    store/        door to the database and the page archive; only this room knows SQL
    digest/       what people are told, for each form of channel
    notify/       door to people: mail, WeCom, any Apprise URL, files
    bulletin/     the issue of a period, as HTML, Markdown, DOCX or PDF
    calendar/, feed      deadlines as .ics, changes as Atom
    web/, cli/    pages and commands over what the store remembers
    app/          wiring; demo/  September 2019 on simulated sites

Below all of them: model/ (the words as values), text, urls, dates, words,
reasons, conditions, escape, errors, fingerprint.
Imports only go down (import-linter, `make check`).
"""

__version__ = "0.1.0"
