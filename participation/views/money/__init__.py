"""Pages of money: from what a fund sets apart to what is paid."""
