"""How a case lies in the tables: one value read in one statement, written as one chained step."""
