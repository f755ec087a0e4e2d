"""What a notice's text says: number, issuers, dates, deadlines, attachments, contacts.

Each module finds one thing and knows the rule for it; none guesses. Pure, linear in the text.
"""
