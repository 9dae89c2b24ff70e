"""What a plan is called: what the service is for, never a verb or a word that only says that a system is wanted."""

from __future__ import annotations

import pytest

from bot.planning.built_in.phrases.titles import title_of_words
from tests.planning.talking import interview, talk

BOTH = {
    "a library for our office": "Library",
    "We need something to manage our gym members": "Gym members",
    "please make me an app for tracking bakery orders": "Bakery orders",
    "track orders for our bakery": "Orders",
    "we lend laptops to pupils": "Laptops",
    "a base of customers": "Customers",
    "Can you build me a booking system for our tennis courts?": "Tennis courts",
    "help us organise our food bank": "Food bank",
    "we run a bike repair shop and need to track repairs": "Bike repair shop",
    "create a database of recipes with ingredients": "Recipes",
    "something for lending tools to neighbours": "Tools",
    "I need an API to store invoices with a number and a total": "Invoices",
    "could you please make a thing for a book club?": "Book club",
    "Our team needs a place to record incidents: an incident has a title and a severity": "Incidents",
    "let's do a parking app: parking spots with a number": "Parking app",
    "book club: members with a name": "Book club",
}


@pytest.mark.parametrize("text", BOTH)
def test_a_plan_is_called_after_what_it_is_for(text: str) -> None:
    assert title_of_words(text) == BOTH[text]
    assert interview(talk(text)).title == BOTH[text]
