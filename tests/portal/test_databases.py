"""What the address of a database asks itself stays beside what we always ask."""

from portal.databases import database


def test_what_the_address_asks_stays():
    options = database("postgres://aimz@db.example/aimz?sslmode=verify-full&options=-c%20statement_timeout%3D9000")[
        "OPTIONS"
    ]

    assert options["sslmode"] == "verify-full"
    assert options["options"] == "-c join_collapse_limit=4 -c statement_timeout=9000"
    assert options["server_side_binding"]


def test_a_file_is_written_by_one_at_a_time_and_safely():
    options = database("sqlite:////tmp/portal.sqlite3")["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in options["init_command"]
