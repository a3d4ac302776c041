"""What a row of a claim counts, as people write it."""

from django import template

from participation.money_claim_forms import hours_words, km_words

register = template.Library()
register.filter("hours", hours_words)
register.filter("kilometres", km_words)
