"""The same register as Django and DRF are usually written: the baseline that the portal is measured against.

One row per entry, GROUP BY for the counts, OFFSET for the pages, icontains for the search, ModelSerializer for the API,
templates for everything. Nothing is made slow on purpose: relations are fetched in one query, columns that are
filtered on have an index. It searches the same texts and counts 8 filters where the portal counts 14.
"""
